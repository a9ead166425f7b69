"""Weights that take the place of others, and the way back."""

from __future__ import annotations

import shutil
from pathlib import Path

PREVIOUS = "previous"


def promote(name: str, weights: Path, card: Path, folder: Path) -> None:
    """Put a network's new weights and card in place; those in use go to ``previous/``, over what was there.

    Parameters
    ----------
    weights, card : Path
        The new files, which are moved.
    folder : Path
        Holds the weights in use.
    """
    kept = folder / PREVIOUS
    kept.mkdir(exist_ok=True)
    for new in (weights, card):
        used = folder / f"{name}{new.suffix}"
        shutil.copy2(used, kept / used.name)
    # The card last: until then its hash does not fit, and the network is refused instead of mixed up.
    for new in (weights, card):
        shutil.move(new, folder / f"{name}{new.suffix}")


def roll_back(folder: Path) -> list[str]:
    """Put the previous weights and cards back in place; return the names of their networks."""
    kept = folder / PREVIOUS
    names = sorted(card.stem for card in kept.glob("*.json"))
    for name in names:
        for file in sorted(kept.glob(f"{name}.*"), key=lambda one: one.suffix == ".json"):
            shutil.move(file, folder / file.name)
    return names
