"""Who is answered that should not be: ``python tests/benchmarks/strange_pages.py``.

Reads photographs and scans of other machines, drawn pages of every rhythm, style and layout, noise in place of leads,
blank squared paper and documents, and counts which are refused, which are called unlike those taught on, and which are
answered. Writes ``models/evaluation/strange_pages.json``.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from ecgviz.study import answered, open_study  # noqa: E402
from models.verdicts import networks  # noqa: E402
from preprocessing.errors import EcgImageError  # noqa: E402
from sample_images import samples  # noqa: E402

DATA = Path(os.environ.get("ECGVIZ_DATA") or ROOT.parent / "shared" / "data")
OUT = ROOT / "models" / "evaluation" / "strange_pages.json"


def outcome(data: bytes, spoil: str | None = None) -> str:
    """Return what happens to a page: refused, unlike, unsure or answered."""
    try:
        study = open_study(data, "page")
    except EcgImageError:
        return "refused"
    if spoil is not None:
        rng = np.random.default_rng(0)
        study = replace(study, traces=tuple(replace(trace, mv=_spoilt(trace.mv, spoil, rng)) for trace in study.traces))
    verdict = answered(study, networks()).prediction.verdicts["ensemble"]
    return "unlike" if verdict.unlike else "unsure" if verdict.abstains else "answered"


def _spoilt(mv: np.ndarray, how: str, rng: np.random.Generator) -> np.ndarray:
    """Put noise, a flat line or the lead turned over in time and voltage in a lead's place."""
    made = {"noise": rng.normal(0, 0.5, mv.size), "flat": np.zeros(mv.size), "turned over": -mv[::-1]}
    return made[how].astype(np.float32)


def main() -> None:
    """Go through every kind of page and count."""
    drawn = {sample.name: sample.path.read_bytes() for sample in samples()}
    kinds = {"drawn samples": list(drawn.values())}
    wild = DATA / "wild.json"
    if wild.is_file():
        listed = json.loads(wild.read_text(encoding="utf-8"))
        kinds["photographs and scans of other machines"] = [
            file.read_bytes() for file in sorted((DATA / "wild").iterdir()) if file.is_file()
        ][: len(listed)]
    counts = {kind: Counter(outcome(data) for data in pages) for kind, pages in kinds.items()}
    pages = [data for name, data in drawn.items() if name.startswith("edan")]
    for how in ("noise", "flat", "turned over"):
        counts[f"leads replaced: {how}"] = Counter(outcome(data, how) for data in pages)
    told = {kind: {"n": sum(count.values()), **count} for kind, count in counts.items()}
    OUT.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
