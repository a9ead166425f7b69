"""Train the reader of printed lead names: ``python -m models.lettering.train_letters``, ten minutes on two cores.

Every window is drawn (`models.lettering.letter_scenes`) with the fonts of the packages fonts-dejavu and
fonts-liberation; no report is used. The weights and their card go to ``preprocessing/lettering/letters.npz`` and
``.json``.
"""

from __future__ import annotations

import argparse
import os
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.lettering.bare_pages import bare_page
from models.lettering.letter_scenes import VIEWS, scene
from models.lettering.weight_file import LETTERS, save
from preprocessing.lettering import (
    LETTER_WEIGHTS,
    PRINTED_LEADS,
    candidate_places,
    free_standing_places,
    half_resolution,
    letter_components,
    names_at,
    windows,
)

if TYPE_CHECKING:
    import keras

Batch = tuple[np.ndarray, np.ndarray]
CHUNK, PAGES, NEGATIVES_A_PAGE = 1000, 5, 30
BATCH, LEARNING_RATE = 128, 2e-3
# A process that TensorFlow runs in cannot be forked safely.
WORKERS = get_context("spawn")


def draw_chunk(task: tuple[int, int]) -> Batch:
    """Draw `CHUNK` windows, less what `VIEWS` leaves over, from a random seed and the number of the chunk."""
    rng = np.random.default_rng(task)
    scenes = [scene(rng) for _ in range(CHUNK // VIEWS)]
    views = np.concatenate([views for views, _ in scenes])
    return (255 * views).astype(np.uint8), np.concatenate([labels for _, labels in scenes])


def draw(chunks: int, seed: int, workers: int) -> Batch:
    """Draw windows, shape (n, rows, columns), uint8, and their labels."""
    with WORKERS.Pool(workers) as pool:
        drawn = pool.map(draw_chunk, [(seed, nth) for nth in range(chunks)], chunksize=1)
    return np.concatenate([windows for windows, _ in drawn]), np.concatenate([labels for _, labels in drawn])


def _hard_negatives(task: tuple[int, int]) -> np.ndarray:
    """Return the windows of bare pages that the stored networks score highest or take for names."""
    rng = np.random.default_rng(task)
    found = []
    for _ in range(PAGES):
        ink, px_per_mm, capital_px = bare_page(rng)
        components = letter_components(np.asarray(ink), px_per_mm)
        places = candidate_places(ink, capital_px, NEGATIVES_A_PAGE)
        places += free_standing_places(components, px_per_mm)[:NEGATIVES_A_PAGE]
        taken = names_at(ink, places)
        places += [((name.left + name.right) / 2, (name.top + name.bottom) / 2, name.capital_px) for name in taken]
        found.append(windows(ink, np.array(places, dtype=float).reshape(-1, 3)))
    return (255 * np.concatenate(found)).astype(np.uint8)


def hard_negatives(tasks: int, seed: int, workers: int) -> Batch:
    """Collect windows without a name that look most like one."""
    with WORKERS.Pool(workers) as pool:
        windows = np.concatenate(pool.map(_hard_negatives, [(seed, nth) for nth in range(tasks)], chunksize=1))
    return windows, np.zeros(len(windows), dtype=int)


def train(
    training: Batch, validation: Batch, epochs: int, seed: int
) -> tuple[tuple[keras.Model, keras.Model], dict[str, Any]]:
    """Train the reader of names, and the prefilter on windows at half their resolution.

    Parameters
    ----------
    training, validation : tuple of ndarray
        Windows, shape (n, rows, columns), uint8, and their labels.
    epochs, seed : int

    Returns
    -------
    tuple of keras.Model
        Reader and prefilter.
    dict
        Of each the training history and what it reaches on the validation set, with its n.
    """
    import keras
    from keras import layers

    keras.utils.set_random_seed(seed)
    shape = (*training[0].shape[1:], 1)
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
    read = _fit(reader, "sparse_categorical_crossentropy", training, validation, epochs)
    # The layers keep the names that the shipped weights have.
    prefilter = keras.Sequential(
        [
            keras.Input((shape[0] * shape[1] // 4,)),
            layers.Dense(48, activation="relu", name="glance_0"),
            layers.Dense(1, activation="sigmoid", name="glance_1"),
        ]
    )
    small = [(half_resolution(each / np.float32(255)), labels > 0) for each, labels in (training, validation)]
    filtered = _fit(prefilter, "binary_crossentropy", small[0], small[1], epochs)
    return (reader, prefilter), {"reader": read, "prefilter": filtered}


def _fit(network: keras.Model, loss: str, training: Batch, validation: Batch, epochs: int) -> dict[str, Any]:
    """Fit with a learning rate that falls to zero; return the loss of each epoch and the validation figures."""
    import keras

    steps = epochs * -(-len(training[1]) // BATCH)
    optimizer = keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(LEARNING_RATE, steps))
    network.compile(optimizer, loss, metrics=["accuracy"])
    fitted = network.fit(*training, batch_size=BATCH, epochs=epochs, validation_data=validation, verbose=2).history
    return {
        "training_loss": [round(float(value), 4) for value in fitted["loss"]],
        "validation_accuracy": round(float(fitted["val_accuracy"][-1]), 4),
        "n": len(validation[1]),
    }


def train_and_save(path: Path, windows: int, pages: int, epochs: int, seed: int, workers: int) -> None:
    """Draw, train in two rounds and write the weights with their card."""
    training = draw(windows // CHUNK, seed, workers)
    validation = draw(6, seed + 1, workers)
    rounds = max(1, epochs // 2), epochs
    settings = {
        "windows": windows,
        "pages_without_names": pages,
        "epochs": rounds,
        "batch": BATCH,
        "optimizer": f"Adam, cosine decay from {LEARNING_RATE}",
    }
    networks, figures = train(training, validation, rounds[0], seed)
    save(path, networks, LETTERS, seed, settings, {"validation": figures})
    # The first round's networks, as written, choose what the second round has to learn to reject.
    negatives = hard_negatives(pages // PAGES, seed + 2, workers)
    training = np.concatenate([training[0], negatives[0]]), np.concatenate([training[1], negatives[1]])
    networks, figures = train(training, validation, rounds[1], seed)
    save(path, networks, LETTERS, seed, settings, {"validation": figures})


def main() -> None:
    """Train with the settings of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--windows", type=int, default=130_000, help="windows to draw for training")
    parser.add_argument("--pages", type=int, default=700, help="pages without names, for hard negatives")
    parser.add_argument("--epochs", type=int, default=8, help="of the second round; the first has half as many")
    parser.add_argument("--seed", type=int, default=7, help="random seed")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes that draw")
    given = parser.parse_args()
    train_and_save(LETTER_WEIGHTS, given.windows, given.pages, given.epochs, given.seed, given.workers)


if __name__ == "__main__":
    main()
