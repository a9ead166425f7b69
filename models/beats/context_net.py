"""Our network on beats in context: no picture, but how a beat differs from the patient's own late beats.

Three members of two dense layers each, averaged, which differ by their random seed, and boosted trees on the same
features.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.beats.context_layers import ContextMember, ContextNet
from models.findings import Trees, plain_trees

if TYPE_CHECKING:
    import keras

STEPS_PER_CALL = 32
# Logit of a class that no training beat has.
ABSENT = -20.0


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
    # Of the trees: how many for each class, and so on.
    trees: int = 80
    leaves: int = 15
    tree_rate: float = 0.08
    shrinkage: float = 5.0
    # Share of the features that a split chooses among.
    feature_share: float = 0.3


def train_context_net(
    features: np.ndarray, label: np.ndarray, classes_n: int, seed: int, config: ContextNetConfig | None = None
) -> tuple[ContextNet, list[dict[str, list[float]]]]:
    """Train each member on its own, and the trees; return the network, and each member's history.

    Parameters
    ----------
    features : ndarray, shape (n, features), float32
        As `models.beats.context.context_features` gives them.
    label : ndarray of int, shape (n,)
    classes_n, seed : int
    config : ContextNetConfig, optional
    """
    import keras

    config = config or ContextNetConfig()
    counts = np.maximum(np.bincount(label, minlength=classes_n), 1)
    weights = (counts.max() / counts) ** config.rarity_power
    weights = (weights * len(label) / weights[label].sum()).astype(np.float32)[label]
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
            features, label, config.batch, config.epochs, verbose=0, sample_weight=weights, shuffle=True
        )
        members.append(_plain(member, features))
        histories.append({"loss": [float(one) for one in fitted.history["loss"]]})
    return ContextNet(tuple(members), _trees(features, label, weights, classes_n, seed, config)), histories


def _trees(
    features: np.ndarray, label: np.ndarray, weights: np.ndarray, classes_n: int, seed: int, config: ContextNetConfig
) -> Trees:
    """Fit the trees, at least three classes among the labels."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    boosted = HistGradientBoostingClassifier(
        max_iter=config.trees,
        learning_rate=config.tree_rate,
        max_leaf_nodes=config.leaves,
        l2_regularization=config.shrinkage,
        max_features=config.feature_share,
        early_stopping=False,
        random_state=seed,
    ).fit(features, label, weights)
    # The fitted trees have no public name; a test compares ours with the library's predictions.
    baseline = np.full(classes_n, ABSENT)
    baseline[boosted.classes_] = boosted._baseline_prediction.ravel()
    by_step = [zip(boosted.classes_, step, strict=True) for step in boosted._predictors]
    return plain_trees([(int(one), tree.nodes) for step in by_step for one, tree in step], baseline, config.leaves)


def _plain(member: keras.Model, features: np.ndarray) -> ContextMember:
    """Copy a trained member into plain arrays."""
    mean, variance = _spread(features)
    arrays = [array for array in member.get_weights() if array.ndim and array.dtype == np.float32]
    return ContextMember(mean, np.sqrt(variance), tuple(zip(arrays[::2], arrays[1::2], strict=True)))


def _spread(features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return features.mean(axis=0), features.var(axis=0) + 1e-6


def _member(features: np.ndarray, classes_n: int, name: str, config: ContextNetConfig) -> keras.Model:
    import keras
    from keras import layers

    inputs = keras.Input((features.shape[1],))
    mean, variance = _spread(features)
    x = layers.GaussianNoise(config.noise)(layers.Normalization(mean=mean, variance=variance)(inputs))
    for units in config.units:
        x = layers.Dropout(config.dropout)(layers.Dense(units, activation="relu")(x))
    return keras.Model(inputs, layers.Dense(classes_n, activation="softmax")(x), name=name)
