"""The pages that ecg-image-kit drew, whose every sample is known, in two halves."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from preprocessing.lead_id import LeadId, Role

HALVES = ("a", "b")
ROLES = {"segment": Role.TWELVE_LEAD, "rhythm": Role.RHYTHM}


@dataclass(frozen=True)
class KitPage:
    """One page of the kit: its file, what it is, and the key of each printed lead with that of its samples."""

    image: str
    category: str
    layout: str
    samples: dict[str, str]


def kit_pages(folder: Path) -> list[KitPage]:
    """List the kit's pages in the order of its own table."""
    known = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    samples: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for lead in known["leads"]:
        samples[lead["image"]][LeadId(lead["lead"], ROLES[lead["kind"]]).key] = f"{lead['key']}|mv"
    return [KitPage(page["image"], page["category"], page["layout"], samples[page["image"]]) for page in known["pages"]]


def half_of(name: str) -> str:
    """Return which half a page belongs to, by a hash of its name: ``a`` is to tune on, ``b`` to report.

    Examples
    --------
    >>> half_of("k01")
    'b'
    """
    return HALVES[int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2]
