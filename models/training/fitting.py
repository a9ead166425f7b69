"""How a network is taught: batches made as they are needed, a rate that warms up and dies away, and when to stop."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import keras

Batch = tuple[np.ndarray, dict[str, np.ndarray]]


@dataclass(frozen=True)
class FitConfig:
    """How long and how fast a network is taught."""

    epochs: int
    steps: int  # batches an epoch
    rate: float
    patience: int  # epochs without a better watched loss before it ends
    warm_steps: int = 50
    weight_decay: float = 1e-4


def fit(
    network: keras.Model,
    losses: dict[str, Any],
    weights: dict[str, float],
    draw: Callable[[np.random.Generator], Batch],
    watched: Batch,
    course: FitConfig,
    seed: int,
    folder: Path,
) -> dict[str, list[float]]:
    """Teach a network and leave it with the weights of its best epoch.

    Parameters
    ----------
    network : keras.Model
        Changed in place.
    losses, weights : dict
        By output; an output that is not named is not taught.
    draw : callable
        Makes one batch.
    watched : Batch
        What the loss is watched on.
    course : Course
    seed : int
        Of the batches.
    folder : Path
        Where the best weights so far and the history are kept.

    Returns
    -------
    dict
        The history: losses by epoch.
    """
    import keras

    def batches() -> Iterator[Batch]:
        for step in count():
            yield draw(np.random.default_rng((seed, step)))

    rate = keras.optimizers.schedules.CosineDecay(
        0.0, course.steps * course.epochs - course.warm_steps, warmup_target=course.rate, warmup_steps=course.warm_steps
    )
    optimizer = keras.optimizers.AdamW(rate, weight_decay=course.weight_decay, clipnorm=1.0)
    outputs = network.output_names
    network.compile(
        optimizer,
        {name: losses.get(name) for name in outputs},
        loss_weights={name: weights.get(name, 0.0) for name in outputs},
    )
    folder.mkdir(parents=True, exist_ok=True)
    best = folder / "best.weights.h5"
    history = network.fit(
        batches(),
        validation_data=watched,
        validation_batch_size=len(watched[0]),
        epochs=course.epochs,
        steps_per_epoch=course.steps,
        verbose=2,  # a line an epoch
        callbacks=[
            keras.callbacks.ModelCheckpoint(best, monitor="val_loss", save_best_only=True, save_weights_only=True),
            keras.callbacks.EarlyStopping(monitor="val_loss", patience=course.patience),
            keras.callbacks.TerminateOnNaN(),
        ],
    ).history
    network.load_weights(best)
    told = {name: [round(float(value), 5) for value in values] for name, values in history.items()}
    (folder / "history.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return told
