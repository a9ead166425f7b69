"""Synthetic reports and the shipped networks' predictions on them: rewritten by ``python -m tests.golden_predictions``.

Run it only after the weights were changed on purpose.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from models.networks import MODEL_KEYS, PAPER_NETWORKS, PICTURES_SHAPE, ROWS_SHAPE, TRACE_NETWORKS
from models.serving import load, load_paper, load_pictures, shipped
from preprocessing.lead_id import LEADS

GOLDEN = Path(__file__).resolve().parent / "golden_predictions.npz"


def golden_rows() -> np.ndarray:
    """Return six synthetic reports: beats of several rates and shapes, one without strip, one with three leads only."""
    rng = np.random.default_rng(12)
    rows = np.ones((6, *ROWS_SHAPE), np.float32)
    at = np.arange(ROWS_SHAPE[1])
    for report in range(6):
        for row in range(ROWS_SHAPE[0]):
            since = (at - 20) % (55 + 12 * report)
            peak, wave = (np.exp(-(((since - middle) / width) ** 2)) for middle, width in ((30, 3), (50, 8)))
            mv = rng.normal() * peak + 0.3 * rng.normal() * wave
            rows[report, row, :, 0] = mv - np.median(mv)
    rows[4, len(LEADS) :] = 0
    rows[5, 3:] = 0
    return rows


def golden_pictures() -> np.ndarray:
    """Return the same reports as pictures, lines three pixels thick: shape (6, 16, 128, 250), uint8."""
    rows = golden_rows()
    pictures = np.full((len(rows), *PICTURES_SHAPE), 255, np.uint8)
    height = np.arange(PICTURES_SHAPE[1])[:, None]
    for report, row in np.argwhere(rows[..., 1].any(axis=2)):
        level = np.round(64 - 40 * rows[report, row, :, 0])
        # A stroke from each sample to the next, as a pen draws it.
        low, high = np.minimum(level, np.roll(level, 1)), np.maximum(level, np.roll(level, 1))
        pictures[report, row][(height >= low - 1) & (height <= high + 1)] = 0
    return pictures


def golden_squares() -> np.ndarray:
    """Return two of the reports as the article's squares, cut and not squeezed: shape (2, 13, 150, 150), uint8."""
    squares = np.full((2, len(LEADS) + 1, 150, 150), 255, np.uint8)
    squares[:, :, 11:139] = golden_pictures()[[0, 5], : len(LEADS) + 1, :, :150]
    return squares


def golden_input(name: str) -> np.ndarray:
    """Return the synthetic reports as a network takes them."""
    if name in TRACE_NETWORKS:
        return golden_rows()
    return golden_squares() if name in PAPER_NETWORKS else golden_pictures()


def loaded(name: str):
    """Load a shipped network of any kind."""
    if name in TRACE_NETWORKS:
        return load(name)
    return load_paper(name) if name in PAPER_NETWORKS else load_pictures(name)


def main() -> None:
    """Run every shipped network and write its predictions."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    kept = {}
    for name in (key for key in MODEL_KEYS if key in shipped()):
        found = loaded(name)(golden_input(name))
        kept |= {f"{name}_report": found.report, f"{name}_leads": found.leads, f"{name}_distance": found.distance}
    np.savez_compressed(GOLDEN, **kept)


if __name__ == "__main__":
    main()
