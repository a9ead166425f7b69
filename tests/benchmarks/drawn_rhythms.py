"""What the networks make of drawn reports of every rhythm: ``python tests/benchmarks/drawn_rhythms.py``.

Thirteen pages of each of the sixteen rhythms, by turns scanned and photographed, with random seeds that no training
uses. Counts how many are refused, not applicable, unsure, predicted, and called Normal with a confidence above 0.7.
Writes ``models/evaluation/drawn_rhythms.json``; fifteen minutes on one idle core.
"""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from ecgviz.study import open_study
from models.classes import CLASSES
from models.serving import Prediction, VerdictState
from preprocessing.errors import EcgImageError
from sample_images import RHYTHMS, Camera, PageStyle, draw_page, edan_style, photograph, simulate

EACH, FIRST_SEED = 13, 80_000
LAYOUTS, GRIDS = ("3x4", "3x4+1", "6x2"), ("red", "blue", "green", "dots")
CONFIDENT = 0.7
OUT = ROOT / "models" / "evaluation" / "drawn_rhythms.json"


def pages() -> Iterator[tuple[str, int, bytes]]:
    """Yield rhythm, number and file of every page."""
    for number in range(EACH):
        for place, (rhythm, kind) in enumerate(RHYTHMS.items()):
            seed = FIRST_SEED + 100 * place + number
            rng = np.random.default_rng(seed)
            rate = None if kind.rate_bpm is None else kind.rate_bpm * rng.uniform(0.88, 1.12)
            style = replace(edan_style(), dpi=150)
            if number % 3 == 2:
                layout, grid = str(rng.choice(LAYOUTS)), str(rng.choice(GRIDS))
                style = PageStyle(layout=layout, grid=grid, dpi=150, ink_width_mm=rng.uniform(0.25, 0.4))
            camera = Camera.photo(seed) if (number + place) % 2 else Camera.scan(seed)
            drawing = photograph(draw_page(simulate(rhythm, rate, seed), style), camera)
            stream = io.BytesIO()
            Image.fromarray(drawing.image).save(stream, "PNG", compress_level=1)
            yield rhythm, number, stream.getvalue()


def outcome(prediction: Prediction) -> tuple[str, bool]:
    """Return the state of the ensemble's verdict, and whether it predicts Normal with confidence."""
    verdict = prediction.verdicts["ensemble"]
    confident = verdict.state is VerdictState.PREDICTED and verdict.confidence > CONFIDENT
    return verdict.state.value, confident and verdict.label == CLASSES[0]


def counted(found: list[tuple[str, str, bool]]) -> dict[str, dict[str, int]]:
    """Count the outcomes of rhythms, states and confident Normals."""
    counts = {}
    for rhythm in RHYTHMS:
        own = [(state, normal) for one, state, normal in found if one == rhythm]
        states = Counter(state for state, _ in own)
        counts[rhythm] = {"n": len(own), **states, "confidently_normal": sum(normal for _, normal in own)}
    return counts


def main() -> None:
    """Read and predict every page, and write the counts."""
    found = []
    for rhythm, _, data in pages():
        try:
            prediction = open_study(data, "page").prediction
        except EcgImageError:
            found.append((rhythm, "refused", False))
            continue
        assert prediction is not None
        found.append((rhythm, *outcome(prediction)))
    OUT.write_text(json.dumps(counted(found), indent=1) + "\n", encoding="utf-8")
    print(OUT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
