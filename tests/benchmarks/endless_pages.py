"""Patches drawn a second on one core: ``python tests/benchmarks/endless_pages.py [--pages N]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from time import process_time

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from sample_images import RHYTHMS, simulate
from sample_images.endless import LABELS, training_patches


def main() -> None:
    """Print the speed, and how often each label is seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=30)
    given = parser.parse_args()
    recordings = [simulate(rhythm, seed=1).signals_mv for rhythm in RHYTHMS]
    rng = np.random.default_rng(0)
    training_patches(rng, lambda rng: recordings[0], 500.0)
    start = process_time()
    patches = [
        patch
        for _ in range(given.pages)
        for patch in training_patches(rng, lambda rng: recordings[int(rng.integers(len(recordings)))], 500.0)
    ]
    print(f"{len(patches) / (process_time() - start):.1f} patches of 256 x 256 for each second of one core")
    shown = np.array([(patch.coverage > 127).mean(axis=(0, 1)) > 0.0005 for patch in patches])
    for label, share in zip(LABELS, shown.mean(axis=0), strict=True):
        print(f"{label}: in {share:.0%} of the patches")
    print(f"names: {np.mean([len(patch.names) for patch in patches]):.2f} for each patch")


if __name__ == "__main__":
    main()
