"""What every exchange format says of where its signals come from, and identifiers that depend on nothing else."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from uuid import UUID, uuid5

from ecgviz import DISCLAIMER, __version__
from ecgviz.study import Study, remarks, warnings

_FROM_IMAGE = "Digitised from an image of a printed ECG"
_FROM_SIGNALS = "Read back from a page that was drawn from signals"
# Root of all our identifiers: drawn once, at random.
_ROOT = UUID("6f0c2b8e-4a5d-4f0e-9d55-1c1c7f1f9a3b")


def uuid_of(*parts: str | bytes) -> UUID:
    """Return an identifier of these parts: the same parts always give the same one.

    Examples
    --------
    >>> uuid_of("a", "bc") == uuid_of("a", "bc"), uuid_of("a", "bc") == uuid_of("ab", "c")
    (True, False)
    """
    digests = [hashlib.sha256(part.encode() if isinstance(part, str) else part).hexdigest() for part in parts]
    return uuid5(_ROOT, "/".join(digests))


def derivation(study: Study) -> str:
    """Return where the signals come from, in at most 64 letters."""
    return _FROM_IMAGE if study.record is None else _FROM_SIGNALS


def origin_remarks(study: Study) -> list[str]:
    """Return sentences on the origin of the signals, with every warning of the reading."""
    # A copy without prediction: the file must not depend on whether the networks were run before.
    notices = warnings(replace(study, with_models=False))
    return [
        f"{derivation(study)} by ecgviz {__version__}. {DISCLAIMER}",
        f"sha256 of the file: {study.image.sha256}",
        *(f"{remark}." for remark in remarks(study.traces)),
        *(notice.message for notice in notices),
    ]
