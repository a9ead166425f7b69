"""Train the page segmentation network: ``python -m models.segmentation.train_segmentation STORE``.

One process draws patches into the folder STORE while this one trains on them; both go on where they stopped. Three
hours on two cores see some 100,000 patches. The weights and their card go to ``preprocessing/page/segmentation.onnx``
and ``.json`` with ``--publish``.
"""

from __future__ import annotations

import argparse
import json
import time
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.data import data_folder
from models.segmentation.network import build_network
from models.segmentation.onnx_file import publish
from models.segmentation.patch_store import PATCHES_A_SHARD, batches, draw_shards

if TYPE_CHECKING:
    import keras

BATCH, LEARNING_RATE = 16, 2e-3
# Traces, pulses and dividers are thin and decide the reading; grid and print are many pixels. With weights of 2 for
# pulses and dividers, and the overlap of the traces alone, neither was found after 1,000 steps (overlap 0.02 and 0.03).
PIXEL_WEIGHTS = (4.0, 1.0, 3.0, 10.0, 10.0, 1.0)
OVERLAP_WEIGHTS = (0.2, 0.0, 0.1, 0.1, 0.1, 0.0)
NAMES_WEIGHT, NAME_PIXEL = 2.0, 10.0
AVERAGED = 0.998
VALIDATION_SHARDS, REPORT_EVERY = 2, 200
# A process that TensorFlow runs in cannot be forked safely.
WORKERS = get_context("spawn")


def pixel_loss(true: Any, logits: Any) -> Any:
    """Cross-entropy of the coverage plus the overlap (Dice) over the batch, each label with its weights."""
    from keras import ops

    true, logits = ops.cast(true, "float32"), ops.cast(logits, "float32")
    each = ops.relu(logits) - logits * true + ops.softplus(-ops.abs(logits))
    found = ops.sigmoid(logits)
    both, squares = (ops.sum(pixels, axis=(0, 1, 2)) for pixels in (true * found, true * true + found * found))
    overlap = (2 * both + 1) / (squares + 1)
    weights = ops.convert_to_tensor(OVERLAP_WEIGHTS)
    return ops.mean(each * ops.convert_to_tensor(PIXEL_WEIGHTS)) + ops.sum(weights * (1 - overlap))


def name_loss(true: Any, logits: Any) -> Any:
    """Cross-entropy of the heat maps, in which the few pixels of names count more."""
    from keras import ops

    each = ops.relu(logits) - logits * true + ops.softplus(-ops.abs(logits))
    return NAMES_WEIGHT * ops.mean(each * (1 + NAME_PIXEL * true))


def learning_rate(step: int, steps: int, highest: float = LEARNING_RATE) -> float:
    """Return the rate at a step: a short rise, then half a cosine to zero.

    Examples
    --------
    >>> learning_rate(0, 10_000) < learning_rate(200, 10_000) > learning_rate(9_999, 10_000)
    True
    """
    rise = min(1.0, (step + 1) / 200)
    return highest * rise * float(0.5 + 0.5 * np.cos(np.pi * min(1.0, step / steps)))


def validation_figures(network: keras.Model, patches: tuple[np.ndarray, np.ndarray]) -> dict[str, float]:
    """Return the overlap (Dice) of each label over held-out patches, as soft coverage.

    Parameters
    ----------
    network : keras.Model
    patches : tuple of ndarray
        RGB, shape (n, rows, columns, 3), and coverage, shape (n, rows, columns, 6), both uint8.
    """
    from preprocessing.page import PIXEL_LABELS

    both, squares = np.zeros(len(PIXEL_LABELS)), np.zeros(len(PIXEL_LABELS))
    for first in range(0, len(patches[0]), BATCH):
        some = slice(first, first + BATCH)
        logits = np.asarray(network.predict_on_batch(patches[0][some].astype(np.float32))["pixels"])
        found, true = 1 / (1 + np.exp(-logits)), patches[1][some] / np.float32(255)
        both += (2 * found * true).sum(axis=(0, 1, 2))
        squares += (found**2).sum(axis=(0, 1, 2)) + (true**2).sum(axis=(0, 1, 2))
    return {label: round(float(value), 4) for label, value in zip(PIXEL_LABELS, both / squares, strict=True)}


def train(store: Path, steps: int, seed: int, first_step: int = 0) -> keras.Model:
    """Train, with a checkpoint and a line of the log every `REPORT_EVERY` steps.

    The weights that are validated and published are the running average of those that are trained.
    """
    import keras

    keras.utils.set_random_seed(seed + first_step)
    network, averaged = build_network(), build_network()
    checkpoint, average_file = store / "network.weights.h5", store / "averaged.weights.h5"
    if first_step or checkpoint.exists():
        network.load_weights(checkpoint)
        averaged.load_weights(average_file)
    else:
        averaged.set_weights(network.get_weights())
    optimizer = keras.optimizers.AdamW(LEARNING_RATE, weight_decay=1e-4, clipnorm=1.0)
    # Compiled by XLA, convolutions run in one thread and a step takes three times as long.
    network.compile(optimizer, loss={"pixels": pixel_loss, "names": name_loss}, jit_compile=False)
    held_out = _validation_patches(store / "validation")
    started, losses = time.monotonic(), []
    source = batches(store, BATCH, np.random.default_rng((seed, first_step)))
    for step in range(first_step, steps):
        optimizer.learning_rate = learning_rate(step, steps)
        rgb, target = next(source)
        losses.append(float(network.train_on_batch(rgb, target)[0]))
        if step % 10 == 9:
            kept = min(AVERAGED**10, (step + 1) / (step + 100))
            averaged.set_weights(
                [
                    kept * old + (1 - kept) * new
                    for old, new in zip(averaged.get_weights(), network.get_weights(), strict=True)
                ]
            )
        if step % REPORT_EVERY == REPORT_EVERY - 1 or step == steps - 1:
            network.save_weights(checkpoint)
            averaged.save_weights(average_file)
            figures = validation_figures(averaged, held_out)
            line = {
                "step": step + 1,
                "loss": round(float(np.mean(losses[-REPORT_EVERY:])), 4),
                "minutes": round((time.monotonic() - started) / 60, 1),
                **figures,
            }
            with (store / "log.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")
            print(line, flush=True)
    return averaged


def _validation_patches(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    rgb, coverage = [], []
    for path in sorted(folder.glob("*.npz")):
        with np.load(path) as arrays:
            rgb.append(arrays["rgb"])
            coverage.append(arrays["coverage"])
    return np.concatenate(rgb), np.concatenate(coverage)


def main() -> None:
    """Train with the settings of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path, help="folder of patches, checkpoints and the log")
    parser.add_argument("--steps", type=int, default=6000, help=f"training steps of {BATCH} patches")
    parser.add_argument("--first-step", type=int, default=0, help="go on from the checkpoint at this step")
    parser.add_argument("--shards", type=int, default=400, help=f"shards of {PATCHES_A_SHARD} patches to draw")
    parser.add_argument("--seed", type=int, default=7, help="random seed")
    parser.add_argument("--draw-only", action="store_true", help="draw patches and do not train")
    parser.add_argument("--publish", action="store_true", help="write the averaged checkpoint as the shipped network")
    given = parser.parse_args()
    if given.publish:
        publish(given.store, given.seed)
        return
    validation = given.store / "validation"
    validation.mkdir(parents=True, exist_ok=True)
    draw_shards(validation, data_folder(), given.seed + 1, 0, VALIDATION_SHARDS)
    draw_shards(given.store, data_folder(), given.seed, 0, 4)
    drawing = WORKERS.Process(target=draw_shards, args=(given.store, data_folder(), given.seed, 4, given.shards))
    drawing.start()
    try:
        if not given.draw_only:
            train(given.store, given.steps, given.seed, given.first_step)
    finally:
        if not given.draw_only:
            drawing.terminate()
        drawing.join()


if __name__ == "__main__":
    main()
