"""How any beat network is fitted: Adam unless named otherwise, and a learning rate that is halved on plateaus.

The loop is `models.training.fit_epochs`, as for the networks over reports; optimiser and schedule differ from those of
`models.training.fit` because the published results were trained with these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.training import fit_epochs

if TYPE_CHECKING:
    import keras

PREDICT_BATCH = 256


@dataclass(frozen=True)
class BeatFitConfig:
    """How long and how fast a beat network is trained."""

    epochs: int = 10
    batch: int = 64
    rate: float = 1e-3
    # Early stopping: epochs without a better validation loss.
    patience: int = 3
    # Epochs without a better validation loss after which the rate is halved.
    plateau_patience: int = 1
    # Momentum of the exponential moving average of the weights; 0 for none.
    ema_momentum: float = 0.0
    label_smoothing: float = 0.0
    # A name that Keras knows; the results are of networks trained with Adam.
    optimizer: str = "adam"


def fit_beats(
    network: keras.Model,
    inputs: Callable[[np.ndarray, np.random.Generator | None], Any],
    label: np.ndarray,
    train: np.ndarray,
    validation: np.ndarray,
    config: BeatFitConfig,
    seed: int,
    folder: Path,
) -> dict[str, list[float]]:
    """Fit a network in place, leave it at its best epoch, and return its history.

    Parameters
    ----------
    network : keras.Model
    inputs : callable
        From indices to the network's inputs; augmented where it is given a generator, which the validation set is not.
    label : ndarray of int, shape (n,)
    train, validation : ndarray of int
        Indices.
    config : BeatFitConfig
    seed : int
    folder : Path
        Keeps the best weights meanwhile.
    """
    import keras

    optimizer = keras.optimizers.get(config.optimizer)
    settings = {"learning_rate": config.rate, "use_ema": config.ema_momentum > 0, "ema_momentum": config.ema_momentum}
    network.compile(
        type(optimizer).from_config(optimizer.get_config() | settings),
        _cross_entropy(network.output_shape[1], config.label_smoothing),
        metrics=["accuracy"],
        jit_compile=False,
    )

    def batches() -> Iterator[tuple[Any, np.ndarray]]:
        rng = np.random.default_rng((seed, 1))
        while True:
            shuffled = rng.permutation(train)
            for first in range(0, max(len(shuffled) - config.batch + 1, 1), config.batch):
                at = shuffled[first : first + config.batch]
                yield inputs(at, rng), label[at]

    return fit_epochs(
        network,
        batches(),
        config.epochs,
        max(len(train) // config.batch, 1),
        folder,
        (inputs(validation, None), label[validation]),
        config.patience,
        PREDICT_BATCH,
        [
            # First, so that the averaged weights are validated and kept.
            *([keras.callbacks.SwapEMAWeights(swap_on_epoch=True)] if config.ema_momentum else []),
            keras.callbacks.ReduceLROnPlateau(monitor="val_loss", factor=0.5, patience=config.plateau_patience),
        ],
    )


def _cross_entropy(classes_n: int, label_smoothing: float) -> Callable[[Any, Any], Any]:
    import keras

    def loss(label: Any, probabilities: Any) -> Any:
        target = keras.ops.one_hot(keras.ops.reshape(label, (-1,)), classes_n)
        return keras.losses.categorical_crossentropy(target, probabilities, label_smoothing=label_smoothing)

    return loss
