"""A trained network that may be asked: loaded only with its card, and called from any thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from models.networks import members_of, values_of
from models.scoring import probabilities
from models.serving.cards import WEIGHTS_FOLDER, Card, ModelFileError, checked_file
from models.serving.network_file import loaded_network
from preprocessing.lead_id import LEADS

if TYPE_CHECKING:
    import keras

# One for the process: two networks at once would only take each other's cores.
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True)
class Outputs:
    """What a network says of reports.

    Attributes
    ----------
    report : ndarray, shape (n, 4), float32
        Probability of each class for each report.
    leads : ndarray, shape (n, 13, 4), float32
        The same by each lead alone, the strip last.
    distance : ndarray, shape (n,), float32
        How far each report lies from those that the network was taught on: about 1 for those like them.
    """

    report: np.ndarray
    leads: np.ndarray
    distance: np.ndarray


class Classifier:
    """A network behind one function of a fixed signature.

    Parameters
    ----------
    network
        A committee of Keras networks from a batch of reports to ``report``, ``leads`` and ``distance``.
    card
        What the network is.
    """

    def __init__(self, network: keras.Model, card: Card) -> None:
        import tensorflow as tf

        members = members_of(network)

        # Drawn up once, as the members differ in their weights alone; each anew would take five times as long.
        @tf.function
        def of_member(weights: list[Any], states: list[Any], rows: Any) -> Any:
            return members[0].stateless_call(weights, states, rows, training=False)[0]

        def scores(rows: Any) -> Any:
            said = [of_member(*values_of(member), rows) for member in members]
            return {part: tf.add_n([one[part] for one in said]) / len(said) for part in said[0]}

        signature = [tf.TensorSpec((None, *card.input), tf.float32)]
        self._function: Callable[[Any], Any] = tf.function(scores, input_signature=signature)
        self._to_tensor: Callable[..., Any] = tf.convert_to_tensor
        self.network = network
        self.card = card

    def __call__(self, rows: np.ndarray) -> Outputs:
        """Say what reports are.

        Parameters
        ----------
        rows : ndarray, shape (n, 16, 250, 2), float32
            As `lead_rows` gives them; all leads of a report go in together.
        """
        if rows.shape[1:] != self.card.input:
            raise ValueError(f"{self.card.name} takes rows of {self.card.input}, not {rows.shape[1:]}")
        with _ONE_AT_A_TIME:
            told = self._function(self._to_tensor(rows, dtype="float32"))
        report, leads = (probabilities(told[part].numpy(), self.card.temperature) for part in ("report", "leads"))
        return Outputs(report, leads, told["distance"].numpy()[:, 0])


def load(name: str, folder: Path = WEIGHTS_FOLDER) -> Classifier:
    """Load a trained network, after its card and the hash of its file were checked.

    Raises
    ------
    ModelFileError
        When the card or the file is missing or wrong, when the file holds code, or a network of another shape.
    """
    file, card = checked_file(name, folder)
    classes = len(card.classes)
    outputs = {"report": (None, classes), "leads": (None, len(LEADS) + 1, classes), "distance": (None, 1)}
    network = loaded_network(file, _shapes, ((None, *card.input), outputs))
    if not members_of(network):
        raise ModelFileError(f"{file.name} holds one network, where a committee of several is expected")
    return Classifier(network, card)


def _shapes(network: keras.Model) -> tuple[Any, dict[str, tuple[int | None, ...]]]:
    return network.input_shape, {name: tuple(part.shape) for name, part in network.output.items()}
