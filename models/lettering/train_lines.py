"""Train the reader of printed lines: ``python -m models.lettering.train_lines``, about ten minutes on two cores.

Every line is drawn (`models.lettering.line_scenes`); no report is used. The weights go to
``preprocessing/lettering/lines.npz``.
"""

from __future__ import annotations

import argparse
import os
from multiprocessing import get_context
from typing import TYPE_CHECKING

import numpy as np

from models.lettering.line_scenes import LINE_COLUMNS, line_scene
from models.lettering.weight_file import save
from preprocessing.lettering import CHARACTERS, LINE_WEIGHTS, WINDOW_ROWS

if TYPE_CHECKING:
    import keras
    import tensorflow as tf

CHUNK = 500


def _chunk(task: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(task)
    scenes = [line_scene(rng) for _ in range(CHUNK)]
    return np.stack([(255 * picture).astype(np.uint8) for picture, _ in scenes]), np.stack([text for _, text in scenes])


def draw(chunks: int, seed: int, workers: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw lines, shape (n, rows, columns), uint8, and their codes, shape (n, characters)."""
    with get_context("spawn").Pool(workers) as pool:
        drawn = pool.map(_chunk, [(seed, nth) for nth in range(chunks)], chunksize=1)
    return np.concatenate([lines for lines, _ in drawn]), np.concatenate([codes for _, codes in drawn])


def train(lines: np.ndarray, codes: np.ndarray, epochs: int, seed: int) -> keras.Model:
    """Train the reader with connectionist temporal classification."""
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
            layers.Conv1D(1 + len(CHARACTERS), 1, name="line_4"),
        ]
    )
    batch = 64
    steps = epochs * -(-len(lines) // batch)
    optimizer = keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(2e-3, steps), clipnorm=1.0)
    reader.compile(optimizer, _loss)
    reader.fit(lines, codes, batch_size=batch, epochs=epochs, validation_split=0.03, verbose=2)
    return reader


def _loss(codes: tf.Tensor, scores: tf.Tensor) -> tf.Tensor:
    """Return what each line's scores, (lines, steps, codes), lose against its codes; 0 says nothing."""
    import tensorflow as tf

    steps = tf.fill(tf.shape(scores)[:1], tf.shape(scores)[1])
    # Sparse labels take TensorFlow's compiled kernel; dense ones an unrolled and slower one.
    said = tf.sparse.from_dense(tf.cast(codes, tf.int32))
    return tf.nn.ctc_loss(said, scores, None, steps, logits_time_major=False, blank_index=0)


def main() -> None:
    """Draw, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=32_000)
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    given = parser.parse_args()
    lines, codes = draw(given.lines // CHUNK, given.seed, given.workers)
    save(LINE_WEIGHTS, train(lines, codes, given.epochs, given.seed))


if __name__ == "__main__":
    main()
