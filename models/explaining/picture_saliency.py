"""Saliency of predictions from pictures, in two dimensions: Grad-CAM over each lead's picture, and occlusion.

Grad-CAM (Selvaraju et al. 2017) weights the last feature maps by their mean gradient. Whether a map depends on what
the network has learned at all is checked by shuffling its weights (Adebayo et al. 2018, "Sanity Checks for Saliency
Maps"): the map of the shuffled network should be another one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from models.classes import CLASSES
from models.networks import PictureFeatures, members_of, pooled_features, values_of

if TYPE_CHECKING:
    import keras

BACKGROUND = 255
# Rows and columns of occluded windows: over 128 x 250 pixels, 1.6 mV by 250 ms; over 150 x 150, squares of 30.
SCALED_WINDOWS, SQUARE_WINDOWS = (2, 10), (5, 5)
_SEED = 0
_TRACING = Lock()


def picture_grad_cam(classifier: Any, pictures: np.ndarray, shuffled: bool = False) -> np.ndarray:
    """Return the Grad-CAM maps of a network over pictures: of the part of it that sees the picture as an image.

    Parameters
    ----------
    classifier : PictureClassifier
    pictures : ndarray, shape (16, 128, 250), uint8
        `ReportPictures.scaled`.
    shuffled : bool
        Shuffle the weights of the heads, for the check that maps depend on them.

    Returns
    -------
    ndarray, shape (4, 16, 8, 16), float32
        0 to 1 for each class, the mean over the members; 0 throughout where nothing raises the class's logit.
    """
    found = classifier.backbone.outputs(pictures[None])
    features = pooled_features(pictures[None], found).parts()
    channels = found["maps"].shape[-1]
    gradients = _column_gradients(classifier.network)
    summed = np.zeros((len(CLASSES), *found["maps"].shape[:-1]), np.float32)
    for member in members_of(classifier.network):
        weights, states = values_of(member)
        along = gradients(_shuffled(weights) if shuffled else weights, states, features)
        # The columns hold the mean over the rows of a picture, then the maximum; weights are each picture's own.
        weight = (along[..., :channels] / found["maps"].shape[1] + along[..., channels:]).mean(axis=2)
        summed += np.maximum(np.einsum("lrtc,klc->klrt", found["maps"], weight), 0)
    return _normalised(summed)


def paper_grad_cam(classifier: Any, squares: np.ndarray, shuffled: bool = False) -> np.ndarray:
    """Return the Grad-CAM maps of one of the article's networks, each lead for itself.

    Parameters
    ----------
    classifier : PaperClassifier
    squares : ndarray, shape (13, 150, 150), uint8
        `ReportPictures.squares`.
    shuffled : bool
        As for `picture_grad_cam`.

    Returns
    -------
    ndarray, shape (4, 13, rows, columns), float32
        0 to 1 for each class, over the maps of the last convolution.
    """
    import tensorflow as tf

    both = _with_last_convolution(classifier.network)
    weights, states = values_of(both)
    shades = tf.convert_to_tensor(np.repeat(squares[..., None].astype(np.float32) / BACKGROUND, 3, axis=-1))
    with tf.GradientTape(persistent=True) as tape:
        # Weights that are handed over are no variables: without this nothing would be recorded.
        tape.watch(shades)
        (maps, found), _ = both.stateless_call(
            _shuffled(weights) if shuffled else weights, states, shades, training=False
        )
        of_class = [tf.reduce_sum(tf.math.log(found[:, place] + 1e-9)) for place in range(len(CLASSES))]
    values = maps.numpy()
    cams = []
    for one in of_class:
        weight = tape.gradient(one, maps).numpy().mean(axis=(1, 2))
        cams.append(np.maximum(np.einsum("lrtc,lc->lrt", values, weight), 0))
    return _normalised(np.stack(cams))


def picture_occlusion(classifier: Any, pictures: np.ndarray) -> np.ndarray:
    """Return the drop of each class's probability for the report when a window of one picture is occluded.

    Parameters
    ----------
    classifier : PictureClassifier
    pictures : ndarray, shape (16, 128, 250), uint8

    Returns
    -------
    ndarray, shape (4, 16, 2, 10), float32
        Negative where the probability rises; 0 where there is no ink.
    """
    drops = np.zeros((len(CLASSES), len(pictures), *SCALED_WINDOWS), np.float32)
    whole = classifier.backbone(pictures[None])
    base = classifier.of_features(whole).report[0]
    for place, picture in enumerate(pictures):
        windows, occluded = _occluded(picture, SCALED_WINDOWS)
        if not windows:
            continue
        # Only this picture's features change.
        own = classifier.backbone(_packed(occluded, len(pictures))).parts()
        features = {name: np.repeat(part, len(windows), axis=0) for name, part in whole.parts().items()}
        for name, part in own.items():
            features[name][:, place] = part.reshape(-1, *part.shape[2:])[: len(windows)]
        found = classifier.of_features(PictureFeatures(**features)).report
        for (row, column), after in zip(windows, found, strict=True):
            drops[:, place, row, column] = base - after
    return drops


def paper_occlusion(classifier: Any, squares: np.ndarray) -> np.ndarray:
    """Return the drop of each class's probability from a lead alone when a window of its picture is occluded.

    Parameters
    ----------
    classifier : PaperClassifier
    squares : ndarray, shape (13, 150, 150), uint8

    Returns
    -------
    ndarray, shape (4, 13, 5, 5), float32
        Negative where the probability rises; 0 where there is no ink.
    """
    drops = np.zeros((len(CLASSES), len(squares), *SQUARE_WINDOWS), np.float32)
    base = classifier(squares[None]).leads[0]
    for place, picture in enumerate(squares):
        windows, occluded = _occluded(picture, SQUARE_WINDOWS)
        if not windows:
            continue
        # A report's places for leads hold one occluded picture each.
        found = classifier(_packed(occluded, len(squares))).leads.reshape(-1, len(CLASSES))
        for (row, column), after in zip(windows, found[: len(windows)], strict=True):
            drops[:, place, row, column] = base[place] - after
    return drops


def likeness(maps: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return the correlation of two sets of maps for each class, shape (4,); 0 where a map is the same throughout.

    Examples
    --------
    >>> maps = np.arange(4 * 2 * 2 * 2, dtype=float).reshape(4, 2, 2, 2)
    >>> likeness(maps, 2 * maps).round(2).tolist()
    [1.0, 1.0, 1.0, 1.0]
    """
    pairs = zip(maps.reshape(len(maps), -1), others.reshape(len(others), -1), strict=True)
    return np.array([np.corrcoef(one, other)[0, 1] if one.std() and other.std() else 0.0 for one, other in pairs])


def _normalised(summed: np.ndarray) -> np.ndarray:
    highest = summed.max(axis=(1, 2, 3), keepdims=True)
    return np.asarray(np.divide(summed, highest, out=np.zeros_like(summed, np.float32), where=highest > 0))


def _shuffled(weights: list[Any]) -> list[Any]:
    """Return weights with the values of each array in another order."""
    random = np.random.default_rng(_SEED)
    return [random.permutation(np.asarray(one).ravel()).reshape(one.shape) for one in weights]


def _occluded(picture: np.ndarray, shape: tuple[int, int]) -> tuple[list[tuple[int, int]], np.ndarray]:
    """Return the windows that hold ink, and the picture once for each of them with that window blank."""
    rows, columns = (
        np.linspace(0, size, parts + 1).astype(int) for size, parts in zip(picture.shape, shape, strict=True)
    )
    windows, changed = [], []
    for row in range(shape[0]):
        for column in range(shape[1]):
            window = np.s_[rows[row] : rows[row + 1], columns[column] : columns[column + 1]]
            if (picture[window] < BACKGROUND).any():
                one = picture.copy()
                one[window] = BACKGROUND
                windows.append((row, column))
                changed.append(one)
    return windows, np.array(changed)


def _packed(pictures: np.ndarray, places: int) -> np.ndarray:
    """Return pictures as reports of so many places; the last report is filled up with blank ones."""
    reports = -(-len(pictures) // places)
    packed = np.full((reports * places, *pictures.shape[1:]), BACKGROUND, np.uint8)
    packed[: len(pictures)] = pictures
    return packed.reshape(reports, places, *pictures.shape[1:])


@lru_cache(maxsize=4)
def _column_gradients(network: keras.Model) -> Callable[[list[Any], list[Any], dict[str, np.ndarray]], np.ndarray]:
    """Return a function to the gradient of each class's logit by the backbone's columns, (4, 16, 16, 224).

    One graph serves all members: tracing it takes seconds.
    """
    import tensorflow as tf

    member = members_of(network)[0]

    def gradients_of(weights: Any, states: Any, features: Any) -> Any:
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(features["columns"])
            outputs, _ = member.stateless_call(weights, states, features, training=False)
            of_class = [outputs["report"][0, label] for label in range(len(CLASSES))]
        return tf.stack([tape.gradient(one, features["columns"])[0] for one in of_class])

    traced = tf.function(gradients_of)

    def gradients(weights: list[Any], states: list[Any], features: dict[str, np.ndarray]) -> np.ndarray:
        tensors = {name: tf.convert_to_tensor(part, dtype="float32") for name, part in features.items()}
        with _TRACING:
            found = traced([tf.convert_to_tensor(one) for one in weights], states, tensors)
        return np.asarray(found.numpy())

    return gradients


@lru_cache(maxsize=2)
def _with_last_convolution(network: keras.Model) -> keras.Model:
    """Return the network with the output of its last convolution beside its own."""
    import keras

    last = [layer for layer in network.layers if isinstance(layer, keras.layers.Conv2D)][-1]
    return keras.Model(network.input, [last.output, network.output])
