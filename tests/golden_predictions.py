"""Synthetic reports and the shipped networks' predictions on them: rewritten by ``python -m tests.golden_predictions``.

Run it only after the weights were changed on purpose.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

import models
from models.networks import ROWS_SHAPE, TRACE_NETWORKS
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


def main() -> None:
    """Run both networks and write their predictions."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    kept = {}
    for name in TRACE_NETWORKS:
        found = models.load(name)(golden_rows())
        kept |= {f"{name}_report": found.report, f"{name}_leads": found.leads, f"{name}_distance": found.distance}
    np.savez_compressed(GOLDEN, **kept)


if __name__ == "__main__":
    main()
