"""Extract what the networks over pictures are trained on: ``python -m models.picture_features --help``.

Takes the pages that `models.prepare` stored through the stages, as they are and augmented, and ``--drawn`` also pages
drawn from PTB-XL records and simulated rhythms, whose leads lie where they were drawn. One file of features each.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from models.data import (
    StoredPage,
    cache_folder,
    data_folder,
    drawn_records,
    drawn_rhythms,
    feature_file,
    load_page,
    save_features,
)
from models.serving import loaded_backbone
from models.training import augmented_page, pictures_of

VIEWS = 2


def views(page: StoredPage, augmented_n: int, rng: np.random.Generator) -> np.ndarray:
    """Return a page's pictures under the default settings, then augmented ones: (1 + n, 16, 128, 250), uint8."""
    found = [pictures_of(page)]
    for _ in range(augmented_n):
        found.append(pictures_of(*augmented_page(page, rng)))
    return np.stack(found)


def _pages(given: argparse.Namespace) -> Iterator[tuple[str, StoredPage]]:
    for file in sorted((given.cache / "pages").glob("*.npz")):
        yield file.stem, load_page(file)
    if given.drawn:
        yield from drawn_records(given.data)
        yield from drawn_rhythms(given.drawn)


def main() -> None:
    """Extract the features of every stored page, and of drawn ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--views", type=int, default=VIEWS, help="augmented views of each page, beside the plain one")
    parser.add_argument("--drawn", type=int, default=0, help="pages of each simulated rhythm; with PTB-XL if not 0")
    parser.add_argument("--data", type=Path, default=data_folder(), help="holds signals/ptbxl.npz and ptbxl.csv")
    parser.add_argument("--cache", type=Path, default=cache_folder(), help="holds the pages, receives the features")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    network = loaded_backbone()
    for number, (name, page) in enumerate(_pages(given)):
        file = feature_file(name, given.cache)
        if not file.is_file():
            pictures = views(page, given.views, np.random.default_rng((given.seed, number)))
            save_features(network(pictures), file)
        if number % 50 == 0:
            print(number, name, flush=True)


if __name__ == "__main__":
    main()
