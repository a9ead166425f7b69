"""Count how many collected pictures are read as they should be, by kind: ``python -m tests.benchmarks.wild_pages``.

Layouts and boxes were checked by hand. A lead counts when its box's middle lies on the row drawn by hand (grown by
half); its score is the overlap along time, 0 on a page that is refused. Half ``a`` of the groups of pictures is to tune
on, half ``b`` to report.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from models.data import data_folder
from models.lead_snr import HALVES, half_of
from preprocessing.lead_id import Role
from tests.benchmarks.intervals import pages_interval
from tests.benchmarks.page_pool import in_processes
from tests.benchmarks.page_scores import READ, see
from tests.benchmarks.real_pages import OVERLAP, Box, overlap

UNNAMED_LAYOUT = "other"


@dataclass(frozen=True)
class WildScore:
    """What became of one picture; `layout` is None where the picture must be refused, `overlaps` by lead."""

    picture: str
    kind: str
    layout: str | None
    status: str
    why: str
    read_as: str | None
    overlaps: Mapping[str, float]
    doubts: tuple[str, ...]
    trust: str | None
    seconds: float

    @property
    def right(self) -> bool:
        """Whether its layout is right, or it was refused as it must be."""
        return self.read_as == self.layout if self.status == READ else self.layout is None and self.status == "refused"


def boxes_of(reading: Mapping[str, Any] | None) -> dict[str, Box]:
    """Return the box around each lead in the picture, strips as ``rhythm:II``."""
    found: dict[str, Box] = {}
    for lead in reading["leads"] if reading else ():
        corners = np.array(lead["quad"])
        name = f"rhythm:{lead['lead']}" if lead["role"] == Role.RHYTHM else lead["lead"]
        found[name] = (*corners.min(axis=0).tolist(), *corners.max(axis=0).tolist())
    return found


def judge(folder: Path, picture: Mapping[str, Any]) -> WildScore:
    """Read one picture and compare it with what was checked by hand."""
    seen = see((folder / "wild" / Path(picture["file"]).name).read_bytes())
    found, overlaps, read_as, doubts = boxes_of(seen.reading), {}, None, ()
    if seen.reading is not None:
        read_as = seen.reading["layout"]["name"]
        doubts = tuple(notice["code"] for notice in seen.reading["warnings"])
    if picture["readable_12_lead"]:
        page = seen.reading["page"] if seen.reading else {"height": 1, "width": 1}
        shape = page["height"], page["width"]
        overlaps = {lead: overlap(found.get(lead), box, shape) for lead, box in (picture["lead_boxes"] or {}).items()}
    layout = picture["layout"] if picture["readable_12_lead"] else None
    return WildScore(
        picture["id"],
        picture["kind"],
        layout,
        seen.status,
        seen.why,
        read_as,
        overlaps,
        doubts,
        seen.trust,
        seen.seconds,
    )


def figures_of(scores: Sequence[WildScore]) -> dict[str, Any]:
    """Return the figures of some pictures."""
    readable = [score for score in scores if score.layout not in (None, UNNAMED_LAYOUT)]
    none = [score for score in scores if score.layout is None]
    overlaps = [list(score.overlaps.values()) for score in readable if score.overlaps]
    every = np.concatenate(overlaps) if overlaps else np.array([])
    return {
        "pictures": len(scores),
        "readable": len(readable),
        "layout": sum(score.right for score in readable),
        "refused": sum(score.status != READ for score in readable),
        "must refuse": len(none),
        "did": sum(score.right for score in none),
        "leads": every.size,
        "overlap": round(float(np.median(every)), 3) if every.size else None,
        f"above {OVERLAP}": round(float((every > OVERLAP).mean()), 3) if every.size else None,
        "95 %": pages_interval(overlaps, lambda some: float((some > OVERLAP).mean())),
        "trusted wrong": sum(score.trust == "good" and not score.right for score in scores),
        "s": round(float(np.median([score.seconds for score in scores])), 2),
    }


def report(figures: Mapping[str, Mapping[str, Any]], scores: Sequence[WildScore]) -> Iterable[str]:
    """Yield a table by kind, and each picture that was not read as it should be."""
    widths = {name: 15 if name == "95 %" else max(len(name), 5) + 2 for name in next(iter(figures.values()))}
    yield f"{'':12}" + "".join(f"{name:>{width}}" for name, width in widths.items())
    for kind, values in figures.items():
        shown = {**values, "95 %": " to ".join(f"{end:.0%}" for end in values["95 %"] or ())}
        yield f"{kind:12}" + "".join(
            f"{'-' if shown[name] in (None, '') else shown[name]:>{width}}" for name, width in widths.items()
        )
    for score in scores:
        low = ", ".join(f"{lead} {value:.2f}" for lead, value in score.overlaps.items() if value <= OVERLAP)
        if not score.right and score.layout != UNNAMED_LAYOUT:
            what = f"read as {score.read_as} {' '.join(score.doubts)}" if score.status == READ else score.why
            yield f"{score.picture}, {score.kind}: {score.layout or 'must be refused'}, {what}"
        elif score.status == READ and low:
            yield f"{score.picture}, {score.kind}: {score.layout}, overlaps {low}"


def main() -> None:
    """Read the selected pictures and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.wild_pages", description=__doc__)
    parser.add_argument("--half", choices=HALVES, help="only this half (default: both)")
    parser.add_argument("--pages", nargs="+", default=[], metavar="TEXT", help="only pictures whose name begins so")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default: %(default)s)")
    parser.add_argument("--out", type=Path, help="where the JSON goes")
    chosen = parser.parse_args()
    folder = data_folder()
    pictures = [
        picture
        for picture in json.loads((folder / "wild.json").read_text(encoding="utf-8"))["images"]
        if chosen.half in (None, half_of(picture["group"]))
        and (not chosen.pages or picture["id"].startswith(tuple(chosen.pages)))
    ]
    scores = in_processes(partial(judge, folder), pictures, chosen.jobs)
    kinds = sorted({score.kind for score in scores})
    figures = {kind: figures_of([score for score in scores if score.kind == kind]) for kind in kinds}
    figures["all"] = figures_of(scores)
    print("\n".join(report(figures, scores)))
    if chosen.out:
        result = {"half": chosen.half, "figures": figures, "pages": [asdict(score) for score in scores]}
        chosen.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
