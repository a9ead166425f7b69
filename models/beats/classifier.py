"""A trained beat network, ready to predict: loaded only with a valid card, and safe to call from any thread.

`models.serving` checks the card and the file. Its `Classifier` does not serve here, because the networks differ: one
instead of an ensemble, the rhythm as a second input, class weights instead of a temperature, and no distance to the
training set.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.beats.beat_net import MAPS
from models.beats.drawing import SHAPE, network_inputs, resized
from models.serving import PREDICTING, ModelFileError, NetworkCard, checked_card, loaded_network

if TYPE_CHECKING:
    import keras

BEAT_WEIGHTS_FOLDER = Path(__file__).resolve().parent / "weights"


@dataclass(frozen=True)
class BeatCard(NetworkCard):
    """The card of a beat network; its input is rows, columns and channels of a picture."""

    input: tuple[int, int, int]
    network: str  # a key of `models.beats.BEAT_NETWORKS`
    task: str  # a key of `models.beats.tasks.TASKS`
    kind: str  # one of `models.beats.tasks.KINDS`
    rhythm: int  # number of rhythm features that it takes beside the picture, or 0
    class_weights: tuple[float, ...]  # multiply the probabilities, which are then normalised


class BeatClassifier:
    """A beat network behind one function of a fixed signature.

    Parameters
    ----------
    network
        A Keras network from pictures, and the rhythm where its card has it, to probabilities.
    card
    """

    def __init__(self, network: keras.Model, card: BeatCard) -> None:
        import tensorflow as tf

        picture = tf.TensorSpec((None, *card.input), tf.float32)
        signature = (
            {"picture": picture, "rhythm": tf.TensorSpec((None, card.rhythm), tf.float32)} if card.rhythm else picture
        )
        # Traced here, once: TensorFlow warns of retracing where many networks are first called one after another.
        self._function: Callable[[Any], Any] = tf.function(
            lambda inputs: network(inputs, training=False), input_signature=[signature]
        ).get_concrete_function()
        self._gradient: Callable[..., Any] | None = None
        self.network = network
        self.card = card

    def __call__(self, pictures: np.ndarray, rhythm: np.ndarray | None = None) -> np.ndarray:
        """Predict the classes of beats.

        Parameters
        ----------
        pictures : ndarray, shape (n, 128, 192), uint8
        rhythm : ndarray, shape (n, 9), float32, optional
            As `recordings.rhythm_features` gives it; unknown by default.

        Returns
        -------
        ndarray, shape (n, classes), float32
            Probabilities.
        """
        with PREDICTING:
            probabilities = np.asarray(self._function(picture_inputs(self.card, pictures, rhythm)))
        return weighted(probabilities, self.card)

    def grad_cam(self, picture: np.ndarray, label: int, rhythm: np.ndarray | None = None) -> np.ndarray:
        """Return the Grad-CAM saliency map of one picture for a class, shape (128, 192), float32, 0 to 1.

        Of the logarithm of the class's probability, over the feature maps of the last convolutions; all 0 where none of
        them increases it.
        """
        with PREDICTING:
            self._gradient = self._gradient or _gradient_function(self.network)
            inputs = picture_inputs(self.card, picture[None], None if rhythm is None else rhythm[None])
            maps, gradient = (np.asarray(part)[0] for part in self._gradient(inputs, label))
        found = np.maximum((maps * gradient.mean(axis=(0, 1))).sum(axis=-1), 0)
        share = found / found.max() if found.max() > 0 else found
        return resized(np.rint(255 * share).astype(np.uint8), SHAPE).astype(np.float32) / 255


def picture_inputs(
    card: BeatCard, pictures: np.ndarray, rhythm: np.ndarray | None
) -> np.ndarray | dict[str, np.ndarray]:
    """Return what the network of a card takes of beats; an unknown rhythm is 0."""
    if not card.rhythm:
        return network_inputs(pictures, card.input)
    unknown = np.zeros((len(pictures), card.rhythm), np.float32)
    return network_inputs(pictures, card.input, unknown if rhythm is None else rhythm.astype(np.float32))


def weighted(probabilities: np.ndarray, card: BeatCard) -> np.ndarray:
    """Return probabilities, shape (n, classes), multiplied by the class weights of a card and normalised."""
    found = probabilities * np.array(card.class_weights, np.float32)
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def checked_beat_card(name: str, folder: Path = BEAT_WEIGHTS_FOLDER) -> tuple[Path, BeatCard]:
    """Return the weights file and the card of a beat network, both checked.

    Raises
    ------
    ModelFileError
        When either is missing or wrong.
    """
    file, card = checked_card(name, folder, BeatCard)
    if len(card.class_weights) != len(card.classes):
        raise ModelFileError(
            f"{file.stem}.json has {len(card.class_weights)} class weights for {len(card.classes)} classes"
        )
    return file, card


def load_beat_network(name: str, folder: Path = BEAT_WEIGHTS_FOLDER) -> BeatClassifier:
    """Load a trained beat network, after its card and the hash of its file were checked.

    Raises
    ------
    ModelFileError
        When the card or the file is missing or wrong, when the file holds code, or a network of another shape.
    """
    file, card = checked_beat_card(name, folder)
    expected = {"picture": card.input} | ({"rhythm": (card.rhythm,)} if card.rhythm else {}), (len(card.classes),)
    return BeatClassifier(loaded_network(file, _shapes, expected), card)


def _shapes(network: keras.Model) -> tuple[dict[str, tuple[int | None, ...]], tuple[int | None, ...]]:
    return {part.name: part.shape[1:] for part in network.inputs}, network.output_shape[1:]


def _gradient_function(network: keras.Model) -> Callable[..., Any]:
    """Return a function to the last feature maps of a network and the gradient of a log-probability over them."""
    import keras
    import tensorflow as tf

    # Our network names the last maps of its towers, which residual blocks add up; the others end in a convolution.
    named = [layer for layer in network.layers if layer.name.startswith(MAPS)]
    convolutions = [layer for layer in network.layers if isinstance(layer, keras.layers.Conv2D)]
    last = [layer.output for layer in named or convolutions[-1:]]
    with_maps = keras.Model(network.input, [*last, network.output])

    def gradient(inputs: Any, label: Any) -> tuple[Any, Any]:
        with tf.GradientTape() as tape:
            *maps, probabilities = with_maps(inputs, training=False)
            log_probability = tf.math.log(tf.gather(probabilities, label, axis=1) + 1e-12)
        return tf.concat(maps, axis=-1), tf.concat(tape.gradient(log_probability, maps), axis=-1)

    compiled: Callable[..., Any] = tf.function(gradient)
    return compiled
