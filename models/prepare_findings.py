"""Prepare the recordings of the findings head: ``python -m models.prepare_findings``; five minutes on one core."""

from __future__ import annotations

import argparse
from pathlib import Path

from models.data import cache_folder, data_folder
from models.findings import data_file, prepare


def main() -> None:
    """Write the recordings with their targets and measurements to the cache."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=data_folder(), help="holds signals/ptbxl.npz and ptbxl.csv")
    parser.add_argument("--cache", type=Path, default=cache_folder(), help="receives the recordings")
    given = parser.parse_args()
    file = data_file(given.cache)
    print(f"{prepare(given.data, file)} recordings in {file}")


if __name__ == "__main__":
    main()
