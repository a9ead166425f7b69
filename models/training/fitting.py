"""Fitting a network: batches made when needed, early stopping on a validation set, and the history kept.

`fit_epochs` is the loop of every network over reports and beats; `fit` adds the optimiser and the schedule of those
over traces. `models.lettering` trains for a fixed number of epochs on arrays in memory, which Keras does by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import keras

Batch = tuple[np.ndarray | dict[str, np.ndarray], dict[str, np.ndarray]]


@dataclass(frozen=True)
class FitConfig:
    """How long and how fast a network over traces is trained."""

    epochs: int
    steps: int  # batches per epoch
    rate: float  # the highest learning rate
    patience: int  # epochs without a lower validation loss before training stops
    warm_steps: int = 50
    weight_decay: float = 1e-4


def fit(
    network: keras.Model,
    losses: dict[str, Any],
    weights: dict[str, float],
    draw: Callable[[np.random.Generator], Batch],
    validation: Batch,
    config: FitConfig,
    seed: int,
    folder: Path,
) -> dict[str, list[float]]:
    """Train a network in place and leave it with the weights of its best epoch.

    AdamW with gradient clipping; the learning rate warms up linearly and decays with a cosine.

    Parameters
    ----------
    network : keras.Model
        Changed in place.
    losses, weights : dict
        By output; an output without a loss is not trained.
    draw : callable
        Makes one batch.
    validation : Batch
    config : FitConfig
    seed : int
        Of the batches.
    folder : Path
        Receives the best weights and ``history.json``.

    Returns
    -------
    dict
        The history: losses by epoch.
    """

    def batches() -> Iterator[Batch]:
        for step in count():
            yield draw(np.random.default_rng((seed, step)))

    if network.compiled:
        # Trained before, from other weights: its graph, slow to trace, is kept. Adam starts afresh.
        for variable in network.optimizer.variables:
            variable.assign(np.zeros(variable.shape))
    else:
        _compile(network, losses, weights, config)
    # All of it in one batch; the features of pictures come by name.
    inputs = validation[0]
    size = len(next(iter(inputs.values())) if isinstance(inputs, dict) else inputs)
    history = fit_epochs(network, batches(), config.epochs, config.steps, folder, validation, config.patience, size)
    (folder / "history.json").write_text(json.dumps(history, indent=1) + "\n", encoding="utf-8")
    return history


def _compile(network: keras.Model, losses: dict[str, Any], weights: dict[str, float], config: FitConfig) -> None:
    import keras

    rate = keras.optimizers.schedules.CosineDecay(
        0.0, config.steps * config.epochs - config.warm_steps, warmup_target=config.rate, warmup_steps=config.warm_steps
    )
    outputs = network.output_names
    network.compile(
        keras.optimizers.AdamW(rate, weight_decay=config.weight_decay, clipnorm=1.0),
        {name: losses.get(name) for name in outputs},
        loss_weights={name: weights.get(name, 0.0) for name in outputs},
        # On two cores XLA compiles for longer than it saves.
        jit_compile=False,
    )


def fit_epochs(
    network: keras.Model,
    batches: Iterator[tuple[Any, Any]],
    epochs: int,
    steps: int,
    folder: Path,
    validation: tuple[Any, Any] | None = None,
    patience: int = 0,
    validation_batch: int | None = None,
    callbacks: Sequence[keras.callbacks.Callback] = (),
) -> dict[str, list[float]]:
    """Run the epochs of a compiled network, in place, and return its history, losses rounded to five digits.

    With a validation set the network ends with the weights of its best epoch; without, with those of its last.

    Parameters
    ----------
    network : keras.Model
    batches : iterator
        Endless; `steps` of them make an epoch.
    folder : Path
        Keeps the best weights meanwhile.
    validation : tuple, optional
        Inputs and targets.
    patience : int
        Epochs without a lower validation loss before training stops.
    callbacks : sequence
        Run before those that monitor the validation loss.
    """
    import keras

    folder.mkdir(parents=True, exist_ok=True)
    best = folder / "best.weights.h5"
    # The best weights of an earlier run must never be taken for this one's.
    best.unlink(missing_ok=True)
    best_epoch = [] if validation is None else [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", save_best_only=True, save_weights_only=True),
        keras.callbacks.EarlyStopping(monitor="val_loss", patience=patience),
    ]  # fmt: skip
    history = network.fit(
        batches,
        validation_data=validation,
        validation_batch_size=validation_batch,
        epochs=epochs,
        steps_per_epoch=steps,
        verbose=2,  # one line per epoch
        callbacks=[*callbacks, *best_epoch, keras.callbacks.TerminateOnNaN()],
    ).history
    if validation is not None:
        network.load_weights(best)
    return {name: [round(float(value), 5) for value in values] for name, values in history.items()}
