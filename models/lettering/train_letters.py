"""Train the reader of printed lead names: ``python -m models.lettering.train_letters``, ten minutes on two cores.

Every window is drawn (`models.lettering.letter_scenes`) with the fonts of the packages fonts-dejavu and
fonts-liberation; no report is used. The weights go to ``preprocessing/lettering/letters.npz``.
"""

from __future__ import annotations

import argparse
import os
from multiprocessing import get_context
from typing import TYPE_CHECKING

import numpy as np

from models.lettering.bare_pages import bare_page
from models.lettering.letter_scenes import VIEWS, scene
from models.lettering.weight_file import save
from preprocessing.lettering import (
    LETTER_WEIGHTS,
    PRINTED_LEADS,
    free_places,
    halved,
    letter_pieces,
    names_at,
    promising_places,
    windows,
)

if TYPE_CHECKING:
    import keras

Batch = tuple[np.ndarray, np.ndarray]
CHUNK, PAGES, MISTAKES_A_PAGE = 1000, 5, 30
# A process that TensorFlow runs in cannot be forked safely.
WORKERS = get_context("spawn")


def _chunk(task: tuple[int, int]) -> Batch:
    rng = np.random.default_rng(task)
    scenes = [scene(rng) for _ in range(CHUNK // VIEWS)]
    views = np.concatenate([views for views, _ in scenes])
    return (255 * views).astype(np.uint8), np.concatenate([labels for _, labels in scenes])


def draw(chunks: int, seed: int, workers: int) -> Batch:
    """Draw windows, shape (n, rows, columns), uint8, and their labels."""
    with WORKERS.Pool(workers) as pool:
        drawn = pool.map(_chunk, [(seed, nth) for nth in range(chunks)], chunksize=1)
    return np.concatenate([windows for windows, _ in drawn]), np.concatenate([labels for _, labels in drawn])


def _mistakes(task: tuple[int, int]) -> np.ndarray:
    """Return the windows of bare pages that the networks, as stored, would look at most, or take for names."""
    rng = np.random.default_rng(task)
    found = []
    for _ in range(PAGES):
        ink, px_per_mm, capital_px = bare_page(rng)
        pieces = letter_pieces(np.asarray(ink), px_per_mm)
        places = promising_places(ink, capital_px, MISTAKES_A_PAGE) + free_places(pieces, px_per_mm)[:MISTAKES_A_PAGE]
        taken = names_at(ink, places)
        places += [((name.left + name.right) / 2, (name.top + name.bottom) / 2, name.capital_px) for name in taken]
        found.append(windows(ink, np.array(places, dtype=float).reshape(-1, 3)))
    return (255 * np.concatenate(found)).astype(np.uint8)


def mistakes(tasks: int, seed: int, workers: int) -> Batch:
    """Collect windows without a name that look most like one."""
    with WORKERS.Pool(workers) as pool:
        windows = np.concatenate(pool.map(_mistakes, [(seed, nth) for nth in range(tasks)], chunksize=1))
    return windows, np.zeros(len(windows), dtype=int)


def train(teach: Batch, check: Batch, epochs: int, seed: int) -> tuple[keras.Model, keras.Model]:
    """Train the reader of names, and the one that glances at a window at half its resolution."""
    import keras
    from keras import layers

    keras.utils.set_random_seed(seed)
    shape = (*teach[0].shape[1:], 1)
    reader = keras.Sequential(
        [
            keras.Input(shape),
            layers.Rescaling(1 / 255),
            layers.Conv2D(16, 3, padding="same", activation="relu", name="name_0"),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 3, padding="same", activation="relu", name="name_1"),
            layers.MaxPooling2D(),
            layers.Conv2D(40, 3, padding="same", activation="relu", name="name_2"),
            layers.Flatten(),
            layers.Dropout(0.2),
            layers.Dense(64, activation="relu", name="name_3"),
            layers.Dropout(0.2),
            layers.Dense(1 + len(PRINTED_LEADS), activation="softmax", name="name_4"),
        ]
    )
    _fit(reader, "sparse_categorical_crossentropy", teach, check, epochs)
    glancer = keras.Sequential(
        [
            keras.Input((shape[0] * shape[1] // 4,)),
            layers.Dense(48, activation="relu", name="glance_0"),
            layers.Dense(1, activation="sigmoid", name="glance_1"),
        ]
    )
    small = [(halved(windows / np.float32(255)), labels > 0) for windows, labels in (teach, check)]
    _fit(glancer, "binary_crossentropy", small[0], small[1], epochs)
    return reader, glancer


def _fit(network: keras.Model, loss: str, teach: Batch, check: Batch, epochs: int) -> None:
    """Fit with a learning rate that falls to nothing."""
    import keras

    batch = 128
    steps = epochs * -(-len(teach[1]) // batch)
    optimizer = keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(2e-3, steps))
    network.compile(optimizer, loss, metrics=["accuracy"])
    network.fit(*teach, batch_size=batch, epochs=epochs, validation_data=check, verbose=2)


def main() -> None:
    """Draw, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--windows", type=int, default=130_000)
    parser.add_argument("--pages", type=int, default=700, help="pages without names to learn from mistakes")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    given = parser.parse_args()
    teach = draw(given.windows // CHUNK, given.seed, given.workers)
    check = draw(6, given.seed + 1, given.workers)
    save(LETTER_WEIGHTS, *train(teach, check, max(1, given.epochs // 2), given.seed))
    # The first round's networks choose what the second round must learn to pass over.
    wrong = mistakes(given.pages // PAGES, given.seed + 2, given.workers)
    teach = np.concatenate([teach[0], wrong[0]]), np.concatenate([teach[1], wrong[1]])
    save(LETTER_WEIGHTS, *train(teach, check, given.epochs, given.seed))


if __name__ == "__main__":
    main()
