"""A trained network that may be asked: loaded only with its card, and called from any thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from models.cards import WEIGHTS_FOLDER, Card, ModelFileError, checked_file

if TYPE_CHECKING:
    import keras

# One for the process: two networks at once would only take each other's cores.
_ONE_AT_A_TIME = Lock()


class Classifier:
    """A network behind one function of a fixed signature.

    Parameters
    ----------
    network
        A Keras network from a batch of pictures to probabilities.
    card
        What the network is.
    """

    def __init__(self, network: keras.Model, card: Card) -> None:
        import tensorflow as tf

        def probabilities(pictures: Any) -> Any:
            return network(pictures, training=False)

        signature = [tf.TensorSpec((None, *card.input), tf.float32)]
        self._function: Callable[[Any], Any] = tf.function(probabilities, input_signature=signature)
        self._to_tensor: Callable[..., Any] = tf.convert_to_tensor
        self.card = card

    def __call__(self, pictures: np.ndarray) -> np.ndarray:
        """Return the probability of each class for each picture.

        Parameters
        ----------
        pictures
            N x height x width x channels, numbers as the network was trained on; all leads of a report in one batch.

        Returns
        -------
        np.ndarray
            N x classes, float32; each row sums to 1.
        """
        if pictures.shape[1:] != self.card.input:
            raise ValueError(f"{self.card.name} takes pictures of {self.card.input}, not {pictures.shape[1:]}")
        with _ONE_AT_A_TIME:
            return self._function(self._to_tensor(pictures, dtype="float32")).numpy()


def load(name: str, folder: Path = WEIGHTS_FOLDER) -> Classifier:
    """Load a trained network, after its card and the hash of its file were checked.

    Raises
    ------
    ModelFileError
        When the card or the file is missing or wrong, when the file holds code, or a network of another shape.
    """
    file, card = checked_file(name, folder)
    import keras

    try:
        network = keras.saving.load_model(file, compile=False, safe_mode=True)
        shapes = (network.input_shape, network.output_shape)
    except Exception as error:  # Keras raises many kinds, and each means that the file is not to be used.
        raise ModelFileError(f"{file.name} could not be loaded by Keras {keras.__version__}: {error}") from error
    needed = ((None, *card.input), (None, len(card.classes)))
    if shapes != needed:
        raise ModelFileError(f"{file.name} has the shapes {shapes}, where its card says {needed}")
    return Classifier(network, card)
