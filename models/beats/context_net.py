"""Our network on beats in context: no picture, but how a beat differs from the patient's own late beats.

Three members of two dense layers each, averaged; they differ by their random seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.beats.registry import CONTEXT_NET

if TYPE_CHECKING:
    import keras

STEPS_PER_CALL = 32


@dataclass(frozen=True)
class ContextNetConfig:
    """Sizes and training, chosen within DS1 in five folds that share no record (`models/LOG.md`)."""

    members: int = 3
    units: tuple[int, ...] = (128, 64)
    dropout: float = 0.4
    # Standard deviation of the noise on features of unit variance.
    noise: float = 0.3
    epochs: int = 6
    batch: int = 256
    rate: float = 2e-3
    weight_decay: float = 1e-3
    # A class's weight is its rarity to this power.
    rarity_power: float = 0.5


def train_context_net(
    features: np.ndarray, label: np.ndarray, classes_n: int, seed: int, config: ContextNetConfig | None = None
) -> tuple[keras.Model, list[dict[str, list[float]]]]:
    """Train each member on its own; return their average, from features to probabilities, and each one's history.

    Parameters
    ----------
    features : ndarray, shape (n, features), float32
        As `models.beats.context.context_features` gives them.
    label : ndarray of int, shape (n,)
    classes_n, seed : int
    config : ContextNetConfig, optional
    """
    import keras
    from keras import layers

    config = config or ContextNetConfig()
    counts = np.maximum(np.bincount(label, minlength=classes_n), 1)
    weights = (counts.max() / counts) ** config.rarity_power
    weights = (weights * len(label) / weights[label].sum()).astype(np.float32)
    steps = config.epochs * max(len(label) // config.batch, 1)
    members, histories = [], []
    for number in range(config.members):
        keras.utils.set_random_seed(seed + number)
        member = _member(features, classes_n, f"member_{number}", config)
        rate = keras.optimizers.schedules.CosineDecay(config.rate, steps)
        member.compile(
            keras.optimizers.AdamW(rate, config.weight_decay),
            "sparse_categorical_crossentropy",
            # A step of so small a network takes less time than its call from Python.
            steps_per_execution=STEPS_PER_CALL,
            jit_compile=False,
        )
        fitted = member.fit(
            features, label, config.batch, config.epochs, verbose=0, sample_weight=weights[label], shuffle=True
        )
        members.append(member)
        histories.append({"loss": [float(one) for one in fitted.history["loss"]]})
    context = keras.Input((features.shape[1],), name="context")
    outputs = [member(context) for member in members]
    mean = layers.Average(name="classes")(outputs) if len(outputs) > 1 else outputs[0]
    return keras.Model(context, mean, name=CONTEXT_NET), histories


def _member(features: np.ndarray, classes_n: int, name: str, config: ContextNetConfig) -> keras.Model:
    import keras
    from keras import layers

    inputs = keras.Input((features.shape[1],))
    spread = layers.Normalization(mean=features.mean(axis=0), variance=features.var(axis=0) + 1e-6)
    x = layers.GaussianNoise(config.noise)(spread(inputs))
    for units in config.units:
        x = layers.Dropout(config.dropout)(layers.Dense(units, activation="relu")(x))
    return keras.Model(inputs, layers.Dense(classes_n, activation="softmax")(x), name=name)
