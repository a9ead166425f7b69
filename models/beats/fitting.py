"""How any network of beats is fitted: until what is watched, which is not taught, says that it is enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.training import fit_epochs

if TYPE_CHECKING:
    import keras

# Pictures are asked about so many at a time.
ASKED = 256


@dataclass(frozen=True)
class BeatCourse:
    """How long and how fast a network of beats is taught."""

    epochs: int = 10
    batch: int = 64
    rate: float = 1e-3
    patience: int = 3
    # After how many epochs without a better loss the rate is halved.
    slower_after: int = 1
    # How much of a running mean of the weights each step keeps; without one, the weights are those of the last step.
    averaging: float = 0.0
    # What share of a label is spread evenly over all classes, so that no network is taught to be certain.
    smoothing: float = 0.0


def fitted(
    network: keras.Model,
    given: Callable[[np.ndarray, np.random.Generator | None], Any],
    label: np.ndarray,
    own: np.ndarray,
    watched: np.ndarray,
    course: BeatCourse,
    seed: int,
    folder: Path,
) -> dict[str, list[float]]:
    """Fit a network in place, leave it at its best epoch, and return its history.

    Parameters
    ----------
    network : keras.Model
    given : callable
        From some places to what the network is given of them: varied where a generator comes with them, and as they
        are where none does, for those watched.
    label : ndarray of int, shape (n,)
        Of all places.
    own, watched : ndarray of int
        The places taught, and those watched.
    course : BeatCourse
    seed : int
    folder : Path
        Where the best epoch is kept meanwhile.
    """
    import keras

    network.compile(
        keras.optimizers.Adam(course.rate, use_ema=course.averaging > 0, ema_momentum=course.averaging),
        _loss(network.output_shape[1], course.smoothing),
        metrics=["accuracy"],
        jit_compile=False,
    )

    def batches() -> Iterator[tuple[Any, np.ndarray]]:
        drawing = np.random.default_rng((seed, 1))
        while True:
            mixed = drawing.permutation(own)
            for first in range(0, max(len(mixed) - course.batch + 1, 1), course.batch):
                at = mixed[first : first + course.batch]
                yield given(at, drawing), label[at]

    return fit_epochs(
        network,
        batches(),
        course.epochs,
        max(len(own) // course.batch, 1),
        folder,
        (given(watched, None), label[watched]),
        course.patience,
        ASKED,
        [
            # First of all, so that what is validated and kept are the averaged weights.
            *([keras.callbacks.SwapEMAWeights(swap_on_epoch=True)] if course.averaging else []),
            keras.callbacks.ReduceLROnPlateau(monitor="val_loss", factor=0.5, patience=course.slower_after),
        ],
    )


def _loss(classes_n: int, smoothing: float) -> Callable[[Any, Any], Any]:
    import keras

    def loss(label: Any, said: Any) -> Any:
        truth = keras.ops.one_hot(keras.ops.reshape(label, (-1,)), classes_n)
        return keras.losses.categorical_crossentropy(truth, said, label_smoothing=smoothing)

    return loss
