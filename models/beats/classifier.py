"""A taught network of beats that may be asked: loaded only with its card, and called from any thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.beats.beat_net import MAPS
from models.beats.drawing import SHAPE, resized
from models.beats.inputs import inputs_of
from models.serving import PREDICTING, ModelFileError, NetworkCard, checked_card, loaded_network

if TYPE_CHECKING:
    import keras

BEAT_WEIGHTS = Path(__file__).resolve().parent / "weights"


@dataclass(frozen=True)
class BeatCard(NetworkCard):
    """The card of a network over beats; its input is rows, columns and channels of a picture."""

    input: tuple[int, int, int]
    network: str  # as `models.beats.NETWORKS` has it
    task: str  # as `models.beats.tasks.TASKS` has it
    kind: str  # of picture, as `models.beats.tasks.KINDS` has it
    rhythm: int  # number of rhythm features beside the picture, or 0
    weights: tuple[float, ...]  # multiply the probabilities of the classes, which are then normalised


class BeatClassifier:
    """A network of beats behind one function of a fixed signature.

    Parameters
    ----------
    network
        A Keras network from pictures, and the rhythm where its card says so, to probabilities.
    card
        What the network is.
    """

    def __init__(self, network: keras.Model, card: BeatCard) -> None:
        import tensorflow as tf

        picture = tf.TensorSpec((None, *card.input), tf.float32)
        form = (
            {"picture": picture, "rhythm": tf.TensorSpec((None, card.rhythm), tf.float32)} if card.rhythm else picture
        )
        # Traced at once: TensorFlow takes many networks' first questions for one that is traced again and again.
        self._function: Callable[[Any], Any] = tf.function(
            lambda asked: network(asked, training=False), input_signature=[form]
        ).get_concrete_function()
        self._slope: Callable[..., Any] | None = None
        self.network = network
        self.card = card

    def __call__(self, pictures: np.ndarray, rhythm: np.ndarray | None = None) -> np.ndarray:
        """Say what beats are.

        Parameters
        ----------
        pictures : ndarray, shape (n, 128, 192), uint8
        rhythm : ndarray, shape (n, 9), float32, optional
            As `recordings.rhythm_of` gives it; where it is missing nothing is known of it.

        Returns
        -------
        ndarray, shape (n, classes), float32
        """
        with PREDICTING:
            said = np.asarray(self._function(self._asked(pictures, rhythm)))
        weighed = said * np.array(self.card.weights, np.float32)
        return weighed / weighed.sum(axis=1, keepdims=True)

    def seen(self, picture: np.ndarray, label: int, rhythm: np.ndarray | None = None) -> np.ndarray:
        """Return where what the last convolutions saw speaks for a class, shape (128, 192), float32, 0 to 1.

        0 throughout where nothing speaks for it.
        """
        with PREDICTING:
            self._slope = self._slope or _slope_of(self.network)
            asked = self._asked(picture[None], None if rhythm is None else rhythm[None])
            maps, slope = (np.asarray(part)[0] for part in self._slope(asked, label))
        found = np.maximum((maps * slope.mean(axis=(0, 1))).sum(axis=-1), 0)
        share = found / found.max() if found.max() > 0 else found
        return resized(np.rint(255 * share).astype(np.uint8), SHAPE).astype(np.float32) / 255

    def _asked(self, pictures: np.ndarray, rhythm: np.ndarray | None) -> np.ndarray | dict[str, np.ndarray]:
        if not self.card.rhythm:
            return inputs_of(pictures, self.card.input)
        unknown = np.zeros((len(pictures), self.card.rhythm), np.float32)
        return inputs_of(pictures, self.card.input, unknown if rhythm is None else rhythm.astype(np.float32))


def load_beats(name: str, folder: Path = BEAT_WEIGHTS) -> BeatClassifier:
    """Load a taught network of beats, after its card and the hash of its file were checked.

    Raises
    ------
    ModelFileError
        When the card or the file is missing or wrong, when the file holds code, or a network of another shape.
    """
    file, card = checked_card(name, folder, BeatCard)
    if len(card.weights) != len(card.classes):
        raise ModelFileError(f"{file.stem}.json has {len(card.weights)} weights for {len(card.classes)} classes")
    needed = {"picture": card.input} | ({"rhythm": (card.rhythm,)} if card.rhythm else {}), (len(card.classes),)
    return BeatClassifier(loaded_network(file, _shapes, needed), card)


def _shapes(network: keras.Model) -> tuple[dict[str, tuple[int | None, ...]], tuple[int | None, ...]]:
    return {part.name: part.shape[1:] for part in network.inputs}, network.output_shape[1:]


def _slope_of(network: keras.Model) -> Callable[..., Any]:
    """Return a function to the last maps of a network and the slope of a class's logarithm along them."""
    import keras
    import tensorflow as tf

    # Ours names the last maps of its towers, which its blocks add up; the others' are those of their last convolution.
    own = [layer for layer in network.layers if layer.name.startswith(MAPS)]
    convolutions = [layer for layer in network.layers if isinstance(layer, keras.layers.Conv2D)]
    last = [layer.output for layer in own or convolutions[-1:]]
    both = keras.Model(network.input, [*last, network.output])

    @tf.function
    def slope(asked: Any, label: Any) -> tuple[Any, Any]:
        with tf.GradientTape() as tape:
            *maps, said = both(asked, training=False)
            score = tf.math.log(tf.gather(said, label, axis=1) + 1e-12)
        return tf.concat(maps, axis=-1), tf.concat(tape.gradient(score, maps), axis=-1)

    return slope
