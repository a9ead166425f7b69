"""Which pages get a prediction although they should not: ``python tests/benchmarks/out_of_distribution.py``.

Reads the drawn samples, photographs and scans of other machines, and pages whose leads are replaced by noise and the
like, and counts how many are refused, out of distribution, unsure, or predicted. Writes
``models/evaluation/out_of_distribution.json``.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from ecgviz.study import open_study
from models.data import data_folder
from models.serving import predictor
from preprocessing.errors import EcgImageError
from preprocessing.measuring import find_beats
from sample_images import samples

DATA = data_folder()
REPLACEMENTS = ("noise", "flat", "three times as high", "a fifth as high", "turned over")
OUT = ROOT / "models" / "evaluation" / "out_of_distribution.json"


def outcome(data: bytes, how: str | None = None) -> str:
    """Return what becomes of a page: refused, out_of_distribution, unsure or predicted."""
    try:
        study = open_study(data, "page")
    except EcgImageError:
        return "refused"
    if how is not None:
        rng = np.random.default_rng(0)
        traces = [replace(trace, mv=_replaced(trace.mv, how, rng)) for trace in study.traces]
        # The page's pictures are as they were, so the networks over traces predict alone.
        prediction = predictor.networks()(traces, find_beats(traces))
    else:
        prediction = study.prediction
    verdict = prediction.verdicts["ensemble"]
    return "out_of_distribution" if verdict.out_of_distribution else "unsure" if verdict.abstains else "predicted"


def _replaced(mv: np.ndarray, how: str, rng: np.random.Generator) -> np.ndarray:
    """Return other samples in place of a lead's; `turned over` is so in time and in voltage."""
    made = {
        "noise": rng.normal(0, 0.5, mv.size),
        "flat": np.zeros(mv.size),
        "three times as high": 3 * mv,
        "a fifth as high": mv / 5,
        "turned over": -mv[::-1],
    }
    return made[how].astype(np.float32)


def main() -> None:
    """Count what becomes of every kind of page."""
    drawn = {sample.name: sample.path.read_bytes() for sample in samples()}
    kinds = {"drawn samples": list(drawn.values())}
    wild = sorted(file for file in (DATA / "wild").glob("*") if file.is_file())
    if wild:
        kinds["photographs and scans of other machines"] = [file.read_bytes() for file in wild]
    counts = {kind: Counter(outcome(data) for data in pages) for kind, pages in kinds.items()}
    pages = [data for name, data in drawn.items() if name.startswith("edan")]
    for how in REPLACEMENTS:
        counts[f"leads replaced: {how}"] = Counter(outcome(data, how) for data in pages)
    result = {kind: {"n": sum(count.values()), **count} for kind, count in counts.items()}
    OUT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
