"""Train the reader of printed lines: ``python -m models.lettering.train_lines``, about ten minutes on two cores.

Every line is drawn (`models.lettering.line_scenes`); no report is used. The weights and their card go to
``preprocessing/lettering/lines.npz`` and ``.json``.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.lettering.line_scenes import LINE_COLUMNS, line_scene
from models.lettering.weight_file import LINES, save
from preprocessing.lettering import CHARACTERS, LINE_WEIGHTS, WINDOW_ROWS
from preprocessing.weights_file import load_weights, read_card

if TYPE_CHECKING:
    import keras
    import tensorflow as tf

CHUNK = 500
# Draws a line and its codes.
Scene = Callable[[np.random.Generator], tuple[np.ndarray, np.ndarray]]
BATCH, LEARNING_RATE, VALIDATION_SHARE = 64, 2e-3, 0.03


def draw_lines(count: int, seed: tuple[int, int], scene: Scene = line_scene) -> tuple[np.ndarray, np.ndarray]:
    """Draw lines, shape (n, rows, columns), uint8, and their codes, shape (n, characters)."""
    rng = np.random.default_rng(seed)
    scenes = [scene(rng) for _ in range(count)]
    return np.stack([(255 * picture).astype(np.uint8) for picture, _ in scenes]), np.stack([text for _, text in scenes])


def _chunk(task: tuple[tuple[int, int], Scene]) -> tuple[np.ndarray, np.ndarray]:
    return draw_lines(CHUNK, *task)


def draw(chunks: int, seed: int, workers: int, scene: Scene = line_scene) -> tuple[np.ndarray, np.ndarray]:
    """Draw chunks of lines in several processes; see `draw_lines`."""
    with get_context("spawn").Pool(workers) as pool:
        drawn = pool.map(_chunk, [((seed, nth), scene) for nth in range(chunks)], chunksize=1)
    return np.concatenate([lines for lines, _ in drawn]), np.concatenate([codes for _, codes in drawn])


def train(
    lines: np.ndarray,
    codes: np.ndarray,
    epochs: int,
    seed: int,
    start: Path | None = None,
    characters: str = CHARACTERS,
) -> tuple[keras.Model, dict[str, Any]]:
    """Train the reader with connectionist temporal classification (CTC).

    Parameters
    ----------
    lines : ndarray, shape (n, rows, columns), uint8
    codes : ndarray, shape (n, characters), int
        Zeros after the last character.
    epochs, seed : int
    start : Path or None
        Weights to start from, with the same layers; those of characters that they know are kept.
    characters : str
        What the codes from 1 on stand for.

    Returns
    -------
    keras.Model
    dict
        The loss of each epoch, and that of the validation set with its n.
    """
    import keras
    from keras import layers

    keras.utils.set_random_seed(seed)
    reader = keras.Sequential(
        [
            keras.Input((WINDOW_ROWS, LINE_COLUMNS, 1)),
            layers.Rescaling(1 / 255),
            layers.Conv2D(12, 3, padding="same", activation="relu", name="line_0"),
            layers.MaxPooling2D((2, 2)),
            layers.Conv2D(24, 3, padding="same", activation="relu", name="line_1"),
            layers.MaxPooling2D((2, 1)),
            layers.Conv2D(32, 3, padding="same", activation="relu", name="line_2"),
            layers.Permute((2, 1, 3)),
            layers.Reshape((LINE_COLUMNS // 2, WINDOW_ROWS // 4 * 32)),
            layers.Dropout(0.15),
            layers.Conv1D(64, 5, padding="same", activation="relu", name="line_3"),
            layers.Dropout(0.15),
            layers.Conv1D(1 + len(characters), 1, name="line_4"),
        ]
    )
    if start is not None:
        _start_from(reader, start, characters)
    steps = epochs * -(-len(lines) // BATCH)
    schedule = keras.optimizers.schedules.CosineDecay(LEARNING_RATE, steps)
    reader.compile(keras.optimizers.Adam(schedule, clipnorm=1.0), _ctc_loss)
    fitted = reader.fit(
        lines, codes, batch_size=BATCH, epochs=epochs, validation_split=VALIDATION_SHARE, verbose=2
    ).history
    return reader, {
        "training_loss": [round(float(value), 4) for value in fitted["loss"]],
        "validation_loss": round(float(fitted["val_loss"][-1]), 4),
        "n": len(lines) - int(len(lines) * (1 - VALIDATION_SHARE)),
    }


def _start_from(reader: keras.Model, start: Path, characters: str) -> None:
    """Give a network the weights of another, whose last layer may know other characters."""
    kept, known = load_weights(start), read_card(start).outputs
    for number in range(4):
        reader.get_layer(f"line_{number}").set_weights([kept[f"line_{kind}_{number}"] for kind in ("kernel", "bias")])
    last = reader.get_layer("line_4")
    kernel, bias = last.get_weights()
    for code, character in enumerate(("blank", *characters)):
        if character in known:
            kernel[..., code] = kept["line_kernel_4"][..., known.index(character)]
            bias[code] = kept["line_bias_4"][known.index(character)]
    last.set_weights([kernel, bias])


def _ctc_loss(codes: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
    """Return the CTC loss of each line's logits, shape (lines, steps, codes); code 0 is the blank."""
    import tensorflow as tf

    steps = tf.fill(tf.shape(logits)[:1], tf.shape(logits)[1])
    # Sparse labels use TensorFlow's compiled kernel; dense ones an unrolled and slower one.
    labels = tf.sparse.from_dense(tf.cast(codes, tf.int32))
    return tf.nn.ctc_loss(labels, logits, None, steps, logits_time_major=False, blank_index=0)


def train_and_save(path: Path, lines: np.ndarray, codes: np.ndarray, epochs: int, seed: int) -> None:
    """Train and write the weights with their card."""
    reader, figures = train(lines, codes, epochs, seed)
    settings = {
        "lines": len(lines),
        "epochs": epochs,
        "batch": BATCH,
        "optimizer": f"Adam, cosine decay from {LEARNING_RATE}, gradient norm clipped at 1",
    }
    save(path, (reader,), LINES, seed, settings, {"validation": figures})


def main() -> None:
    """Train with the settings of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=32_000, help="lines to draw")
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--seed", type=int, default=7, help="random seed")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes that draw")
    given = parser.parse_args()
    train_and_save(LINE_WEIGHTS, *draw(given.lines // CHUNK, given.seed, given.workers), given.epochs, given.seed)


if __name__ == "__main__":
    main()
