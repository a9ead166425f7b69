"""Train the reader of printed measurements: ``python -m models.lettering.train_block``, ten minutes on two cores.

It starts from the weights of the reader of settings, or with ``--start`` from others. The shipped weights come of two
runs: 16,000 lines and 6 epochs from those of settings, with fewer measurements among the parts, then 20,000 lines and
8 epochs with random seed 8 from the result. Every line is drawn (`models.lettering.block_scenes`); no report is used.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from models.lettering.block_scenes import block_scene
from models.lettering.train_lines import BATCH, CHUNK, LEARNING_RATE, draw, train
from models.lettering.weight_file import BLOCK, save
from preprocessing.lettering import BLOCK_CHARACTERS, BLOCK_WEIGHTS, LINE_WEIGHTS
from preprocessing.weights_file import read_card


def main() -> None:
    """Train with the settings of the command line; the weights and their card go beside those of settings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=20_000, help="lines to draw")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=8, help="random seed")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes that draw")
    parser.add_argument("--start", type=Path, default=LINE_WEIGHTS, help="weights to start from")
    parser.add_argument("--out", type=Path, default=BLOCK_WEIGHTS)
    given = parser.parse_args()
    began_with = read_card(given.start).sha256
    drawn = draw(given.lines // CHUNK, given.seed, given.workers, block_scene)
    reader, figures = train(*drawn, given.epochs, given.seed, given.start, BLOCK_CHARACTERS)
    settings = {
        "lines": given.lines,
        "epochs": given.epochs,
        "started_from": began_with,
        "batch": BATCH,
        "optimizer": f"Adam, cosine decay from {LEARNING_RATE}, gradient norm clipped at 1",
    }
    save(given.out, (reader,), BLOCK, given.seed, settings, {"validation": figures})


if __name__ == "__main__":
    main()
