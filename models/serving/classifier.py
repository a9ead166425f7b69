"""A trained network over reports: loaded with its checked card, and safe to call from any thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.networks import members_of, values_of
from models.scoring import probabilities
from models.serving.cards import WEIGHTS_FOLDER, Card, ModelFileError, checked_file
from models.serving.network_file import PREDICTING, loaded_network
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
    """A network behind one function of a fixed signature.

    Parameters
    ----------
    network
        An ensemble of members from a batch of reports to ``report`` and ``leads``, which are logits, and ``distance``.
    card
    """

    def __init__(self, network: keras.Model, card: Card) -> None:
        import tensorflow as tf

        members = members_of(network)

        def one_member(weights: list[Any], states: list[Any], rows: Any) -> Any:
            return members[0].stateless_call(weights, states, rows, training=False)[0]

        # One graph for all members, which differ in their weights alone: a graph for each takes five times as long.
        of_member = tf.function(one_member)

        def outputs_of(rows: Any) -> Any:
            outputs = [of_member(*values_of(member), rows) for member in members]
            return {part: tf.add_n([one[part] for one in outputs]) / len(outputs) for part in outputs[0]}

        signature = [tf.TensorSpec((None, *card.input), tf.float32)]
        self._function: Callable[[Any], Any] = tf.function(outputs_of, input_signature=signature)
        self._to_tensor: Callable[..., Any] = tf.convert_to_tensor
        self.network = network
        self.card = card

    def __call__(self, rows: np.ndarray) -> Outputs:
        """Predict reports.

        Parameters
        ----------
        rows : ndarray, shape (n, 16, 250, 2), float32
            As `lead_rows` gives them; all leads of a report go in together.
        """
        if rows.shape[1:] != self.card.input:
            raise ValueError(f"{self.card.name} takes rows of {self.card.input}, not {rows.shape[1:]}")
        with PREDICTING:
            outputs = self._function(self._to_tensor(rows, dtype="float32"))
        report, leads = (outputs[part].numpy() / self.card.temperature for part in ("report", "leads"))
        return Outputs(report, leads, outputs["distance"].numpy()[:, 0])


def load(name: str, folder: Path = WEIGHTS_FOLDER) -> Classifier:
    """Load a trained network after checking its card and the hash of its file.

    Raises
    ------
    ModelFileError
        When the card or the file is missing or invalid, when the file holds code, or a network of another shape.
    """
    file, card = checked_file(name, folder)
    classes = len(card.classes)
    outputs = {"report": (None, classes), "leads": (None, len(LEADS) + 1, classes), "distance": (None, 1)}
    network = loaded_network(file, _shapes, ((None, *card.input), outputs))
    if not members_of(network):
        raise ModelFileError(f"{file.name} holds a single network, where an ensemble of members is expected")
    return Classifier(network, card)


def _shapes(network: keras.Model) -> tuple[Any, dict[str, tuple[int | None, ...]]]:
    return network.input_shape, {name: tuple(part.shape) for name, part in network.output.items()}
