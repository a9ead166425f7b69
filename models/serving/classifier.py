"""A trained network over reports: loaded with its checked card, and safe to call from any thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.networks import ROWS_SHAPE
from models.scoring import probabilities
from models.serving.cards import WEIGHTS_FOLDER, Card, ModelFileError, checked_file
from models.serving.keras_file import member_arrays
from models.serving.network_file import Later, loaded_network
from models.serving.sessions import Sessions, checked_graph
from preprocessing.lead_id import LEADS

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Outputs:
    """A network's calibrated outputs for reports; logits are divided by the card's temperature.

    Attributes
    ----------
    report_logits : ndarray, shape (n, 4), float32
    lead_logits : ndarray, shape (n, 13, 4), float32
        Of each lead alone, the strip last.
    distance : ndarray, shape (n,), float32
        Distance from the training set: about 1 for reports like those in it.
    """

    report_logits: np.ndarray
    lead_logits: np.ndarray
    distance: np.ndarray

    @property
    def report(self) -> np.ndarray:
        """Probability of each class for each report, shape (n, 4)."""
        return probabilities(self.report_logits, 1)

    @property
    def leads(self) -> np.ndarray:
        """Probability of each class by each lead alone, shape (n, 13, 4)."""
        return probabilities(self.lead_logits, 1)


class Classifier:
    """A network over traces with its weights.

    Parameters
    ----------
    members : sequence of dict
        The arrays of each member, by their names in the network's graph.
    card : Card
    network : callable
        Returns the same network in Keras; called when an explanation needs it.
    """

    def __init__(
        self, members: Sequence[Mapping[str, np.ndarray]], card: Card, network: Callable[[], keras.Model]
    ) -> None:
        self._members = Sessions(checked_graph(card.name), members)
        self._network = Later(network)
        self.card = card

    @property
    def network(self) -> keras.Model:
        """The ensemble in Keras, for gradients and activations; loaded when first asked for."""
        return self._network()

    def __call__(self, rows: np.ndarray) -> Outputs:
        """Predict reports.

        Parameters
        ----------
        rows : ndarray, shape (n, 16, 250, 2), float32
            As `lead_rows` gives them; all leads of a report go in together.
        """
        if rows.shape[1:] != self.card.input:
            raise ValueError(f"{self.card.name} takes rows of {self.card.input}, not {rows.shape[1:]}")
        return calibrated(self._members({"rows": rows}), self.card)


def calibrated(outputs: Mapping[str, np.ndarray], card: Card) -> Outputs:
    """Return a network's outputs with its logits divided by the card's temperature."""
    return Outputs(outputs["report"] / card.temperature, outputs["leads"] / card.temperature, outputs["distance"][:, 0])


def load(name: str, folder: Path = WEIGHTS_FOLDER) -> Classifier:
    """Load a trained network after checking its card and the hash of its file.

    Raises
    ------
    ModelFileError
        When the card or the file is missing or invalid, or holds a network of another shape.
    """
    file, card = checked_file(name, folder)
    if card.input != ROWS_SHAPE:
        raise ModelFileError(f"{file.stem}.json has rows of {card.input}, where {ROWS_SHAPE} are needed")
    return Classifier(member_arrays(file), card, lambda: keras_ensemble(file, card, (None, *card.input)))


def keras_ensemble(file: Path, card: Card, taken: Any) -> keras.Model:
    """Load the ensemble of a card in Keras; `taken` is the shape of what it takes, or a dict of them."""
    classes = len(card.classes)
    outputs = {"report": (None, classes), "leads": (None, len(LEADS) + 1, classes), "distance": (None, 1)}
    return loaded_network(file, _shapes, (taken, outputs))


def _shapes(network: keras.Model) -> tuple[Any, dict[str, tuple[int | None, ...]]]:
    taken = network.input
    shapes = {name: tuple(part.shape) for name, part in taken.items()} if isinstance(taken, dict) else taken.shape
    return shapes, {name: tuple(part.shape) for name, part in network.output.items()}
