"""The card of the findings head, and its weights file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from models.classes import FINDINGS
from models.serving import WEIGHTS_FOLDER, ModelFileError, NetworkCard, checked_card, weights_file

NAME = "findings"


@dataclass(frozen=True)
class FindingsCard(NetworkCard):
    """The card of the findings head; lists of numbers are in the order of `classes`, which are `FINDINGS`.

    Attributes
    ----------
    scale, offset : tuple of float
        From a mean logit to a calibrated one (Platt scaling).
    present_above, certain_above : tuple of float
        Probability from which a finding counts as present, and from which it contradicts "Normal".
    distance_limit : float
        A report farther from the training set is out of distribution.
    """

    scale: tuple[float, ...]
    offset: tuple[float, ...]
    present_above: tuple[float, ...]
    certain_above: tuple[float, ...]
    distance_limit: float


@cache
def findings_card(folder: Path = WEIGHTS_FOLDER) -> FindingsCard:
    """Return the card alone, checked against its weights file.

    Raises
    ------
    ModelFileError
        As `findings_file` raises it.
    """
    _, card = checked_card(NAME, folder, FindingsCard)
    if card.classes != FINDINGS:
        raise ModelFileError(f"{NAME}.json has the findings {card.classes}, where {FINDINGS} are needed")
    return card


def findings_file(folder: Path = WEIGHTS_FOLDER) -> tuple[dict[str, np.ndarray], FindingsCard]:
    """Return the arrays of trees and gate by name, and the card, both checked.

    Raises
    ------
    ModelFileError
        When either is missing, or they do not belong together.
    """
    card = findings_card(folder)
    with np.load(weights_file(NAME, folder), allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}, card
