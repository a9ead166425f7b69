"""How VGG16 is trained on beats: convolutions from scratch, frozen under a new head, then distilled into a small form.

The published project freezes convolutions trained on ImageNet's photographs. Those weights are in no package registry,
so the convolutions are trained on the beats of the training set first, with batch normalisation, which lets thirteen
layers train from scratch; it is then folded into their weights, which leaves VGG16 as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.beats.fitting import PREDICT_BATCH, BeatFitConfig, fit_beats
from models.beats.networks import (
    FLAT,
    PUBLISHED_DROPOUT,
    QUARTER_BLOCKS,
    QUARTER_DENSE,
    VGG16_BLOCKS,
    VGG16_DENSE,
    vgg,
)

if TYPE_CHECKING:
    import keras

WHITE = 255


@dataclass(frozen=True)
class VggConfig:
    """Sizes and schedules of the three steps.

    Epochs are those of the shipped run, where 24 took 33 to 64 s on a large GPU; the validation loss no longer fell.
    """

    blocks: tuple[tuple[int, int], ...] = VGG16_BLOCKS
    dense: int = VGG16_DENSE
    small_blocks: tuple[tuple[int, int], ...] = QUARTER_BLOCKS
    small_dense: int = QUARTER_DENSE
    # Of the dense layers over the convolutions while those are trained; they are then thrown away.
    scratch_dense: int = 256
    dropout: float = PUBLISHED_DROPOUT
    batch: int = 128
    # Convolutions, distilled form: epochs and highest learning rate of a cosine schedule, with decay of the weights.
    epochs: int = 24
    rate: float = 5e-4
    small_epochs: int = 30
    small_rate: float = 1e-3
    weight_decay: float = 0.01
    warmup_steps: int = 100
    # Pixels by which pictures are shifted either way in these two steps.
    shift_px: int = 4
    # The head: Adam and batches of 64 as published; the rate is not, so the lower validation loss of two decides.
    head: BeatFitConfig = field(default_factory=BeatFitConfig)
    head_rates: tuple[float, ...] = (1e-3, 1e-4)
    # Of the distilled form's loss, the share that compares with VGG16, at this temperature (Hinton and others 2015).
    distilled_share: float = 0.7
    temperature: float = 3.0


@dataclass(frozen=True)
class Beats:
    """Pictures, shape (n, 128, 128), uint8, and their labels, shape (n,)."""

    pictures: np.ndarray
    label: np.ndarray

    def inputs(self) -> np.ndarray:
        """Return the network's inputs, shape (n, 128, 128, 3), float32, 0 for ink to 1 for paper."""
        return as_inputs(self.pictures)


def as_inputs(pictures: np.ndarray) -> np.ndarray:
    """Return pictures, shape (n, h, w), uint8, in three equal channels, float32, 0 to 1."""
    return np.repeat(pictures[..., None].astype(np.float32) / WHITE, 3, axis=-1)


def shifted(pictures: np.ndarray, most_px: int, rng: np.random.Generator) -> np.ndarray:
    """Shift each picture by up to so many pixels, white coming in from beyond the edges.

    Examples
    --------
    >>> shifted(np.full((2, 4, 4), 255, np.uint8), 1, np.random.default_rng(0)).shape
    (2, 4, 4)
    """
    wide = np.pad(pictures, ((0, 0), (most_px, most_px), (most_px, most_px)), constant_values=WHITE)
    height, width = pictures.shape[1:]
    places = rng.integers(0, 2 * most_px + 1, (len(pictures), 2))
    found = [one[row : row + height, column : column + width] for one, (row, column) in zip(wide, places, strict=True)]
    return np.stack(found)


def folded(network: keras.Model, plain: keras.Model) -> keras.Model:
    """Give a network without batch normalisation the function of one with it, and return it; the top is copied.

    A convolution followed by normalisation is a convolution: its kernel is scaled by ``gamma / sqrt(variance + eps)``,
    and what is left becomes its bias.
    """
    import keras

    weights, kernel = [], None
    for layer in network.layers:
        if isinstance(layer, keras.layers.Conv2D):
            kernel = layer.get_weights()[0]
        elif isinstance(layer, keras.layers.BatchNormalization):
            gamma, beta, mean, variance = layer.get_weights()
            scale = gamma / np.sqrt(variance + layer.epsilon)
            weights += [kernel * scale, beta - mean * scale]
        else:
            weights += layer.get_weights()
    plain.set_weights(weights)
    return plain


def train_convolutions(
    train: Beats, validation: Beats, classes: int, config: VggConfig, seed: int
) -> tuple[keras.Model, dict[str, list[float]]]:
    """Train the convolutions from scratch; return them, from a picture to flat feature maps, and their history."""
    shape = config.blocks, config.scratch_dense, classes, config.dropout
    network = vgg("scratch", *shape, normalised=True)

    def batch(at: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        return as_inputs(shifted(train.pictures[at], config.shift_px, rng)), train.label[at]

    history = _fit(network, batch, train, validation, config, (config.epochs, config.rate), seed)
    return _convolutions_of(folded(network, vgg("scratch", *shape))), history


def train_head(
    convolutions: keras.Model, train: Beats, validation: Beats, classes: int, config: VggConfig, seed: int, folder: Path
) -> tuple[keras.Model, dict[str, Any]]:
    """Train two dense layers over frozen convolutions; return the whole network and the history of the better rate."""
    import keras

    features = np.concatenate([convolutions.predict(one.inputs(), PREDICT_BATCH, 0) for one in (train, validation)])
    label, n = np.concatenate([train.label, validation.label]), len(train.label)
    found: list[tuple[float, list[np.ndarray], dict[str, Any]]] = []
    for rate in config.head_rates:
        keras.utils.set_random_seed(seed)
        whole = vgg("beat_vgg16", config.blocks, config.dense, classes, config.dropout)
        head = keras.Model(whole.get_layer(FLAT).output, whole.output)
        fit = replace(config.head, rate=rate)
        history: dict[str, Any] = fit_beats(
            head, lambda at, _: features[at], label, np.arange(n), np.arange(n, len(label)), fit, seed, folder
        )
        found.append((min(history["val_loss"]), head.get_weights(), history | {"rate": rate}))
    _, weights, history = min(found, key=lambda one: one[0])
    whole = vgg("beat_vgg16", config.blocks, config.dense, classes, config.dropout)
    whole.set_weights([*convolutions.get_weights(), *weights])
    return whole, history


def distil(
    teacher: keras.Model, train: Beats, validation: Beats, classes: int, config: VggConfig, seed: int
) -> tuple[keras.Model, dict[str, list[float]]]:
    """Train the small form on the labels and on the teacher's probabilities; return it and its history."""
    shape = config.small_blocks, config.small_dense, classes, config.dropout
    network = vgg("beat_vgg_distilled", *shape, normalised=True)

    def batch(at: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        inputs = as_inputs(shifted(train.pictures[at], config.shift_px, rng))
        truth = np.eye(classes, dtype=np.float32)[train.label[at]]
        return inputs, np.stack([truth, np.asarray(teacher.predict_on_batch(inputs))], axis=1)

    targets = np.repeat(np.eye(classes, dtype=np.float32)[validation.label][:, None], 2, axis=1)
    schedule = config.small_epochs, config.small_rate
    history = _fit(
        network, batch, train, Beats(validation.pictures, targets), config, schedule, seed, _distilled(config)
    )
    return folded(network, vgg("beat_vgg_distilled", *shape)), history


def _fit(
    network: keras.Model,
    batch: Callable[[np.ndarray, np.random.Generator], tuple[np.ndarray, np.ndarray]],
    train: Beats,
    validation: Beats,
    config: VggConfig,
    schedule: tuple[int, float],
    seed: int,
    loss: Callable[[Any, Any], Any] | None = None,
) -> dict[str, list[float]]:
    import keras

    epochs, rate = schedule
    steps = max(len(train.label) // config.batch, 1)
    decay = keras.optimizers.schedules.CosineDecay(
        0.0, max(epochs * steps - config.warmup_steps, 1), warmup_target=rate, warmup_steps=config.warmup_steps
    )
    network.compile(
        keras.optimizers.AdamW(decay, config.weight_decay),
        loss or "sparse_categorical_crossentropy",
        metrics=[] if loss else ["accuracy"],
        jit_compile=False,
    )

    def batches() -> Iterator[tuple[np.ndarray, np.ndarray]]:
        rng = np.random.default_rng((seed, 3))
        while True:
            order = rng.permutation(len(train.label))
            for step in range(steps):
                yield batch(order[step * config.batch : (step + 1) * config.batch], rng)

    fitted = network.fit(
        batches(),
        steps_per_epoch=steps,
        epochs=epochs,
        validation_data=(validation.inputs(), validation.label),
        validation_batch_size=PREDICT_BATCH,
        verbose=0,
    )
    return {key: [float(one) for one in values] for key, values in fitted.history.items()}


def _distilled(config: VggConfig) -> Callable[[Any, Any], Any]:
    def loss(target: Any, probabilities: Any) -> Any:
        from keras import losses, ops

        truth, teacher = target[:, 0], target[:, 1]

        def softened(own: Any) -> Any:
            return ops.softmax(ops.log(own + 1e-7) / config.temperature)

        hard = losses.categorical_crossentropy(truth, probabilities)
        soft = losses.kl_divergence(softened(teacher), softened(probabilities)) * config.temperature**2
        return (1 - config.distilled_share) * hard + config.distilled_share * soft

    return loss


def _convolutions_of(network: keras.Model) -> keras.Model:
    import keras

    found = keras.Model(network.input, network.get_layer(FLAT).output)
    found.trainable = False
    return found
