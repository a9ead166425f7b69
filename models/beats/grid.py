"""The tuning grid of the article that compares four networks, one factor at a time: ``python -m models.beats.grid``.

The article tunes filters, kernel, dense units, dropout, learning rate, batch, optimiser and augmentation. Here each is
changed alone, on few and smaller pictures, inverted, as two cores allow. Everything is of the published training
folder; the test folder is not read. Metrics go to ``grid.json``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from models.beats.augmentation import AUGMENTATIONS
from models.beats.drawing import network_inputs
from models.beats.fitting import BeatFitConfig, fit_beats
from models.beats.networks import deep_cnn
from models.beats.published import GRID_FILE, NO_AUGMENTATION
from models.beats.registry import TRACE_KIND
from models.beats.scoring import beat_metrics
from models.beats.tasks import Task, capped_per_class, six_published
from models.data import cache_folder, data_folder

SIDE_PX = 40
# Training pictures of a class, and validation pictures: others of the training folder, of the same patients.
TRAIN_PER_CLASS, VALIDATION_N = 100, 500


@dataclass(frozen=True)
class GridTrial:
    """One point of the grid: sizes of the deep CNN, and how it is trained."""

    filters: tuple[int, ...] = (32, 64, 128)
    kernel: int = 3
    dense: int = 256
    dropout: float = 0.5
    augmentation: str = NO_AUGMENTATION
    fit: BeatFitConfig = field(
        default_factory=lambda: BeatFitConfig(epochs=8, batch=32, patience=8, plateau_patience=8)
    )
    seed: int = 0


BASELINE = GridTrial()
GRID = {
    "as the article settled on": BASELINE,
    "the same, another random seed": replace(BASELINE, seed=1),
    "filters 16, 32, 64": replace(BASELINE, filters=(16, 32, 64)),
    "kernel 5": replace(BASELINE, kernel=5),
    "dense 128": replace(BASELINE, dense=128),
    "dense 512": replace(BASELINE, dense=512),
    "dropout 0.3": replace(BASELINE, dropout=0.3),
    "dropout 0.6": replace(BASELINE, dropout=0.6),
    "rate 0.0005": replace(BASELINE, fit=replace(BASELINE.fit, rate=5e-4)),
    "batch 16": replace(BASELINE, fit=replace(BASELINE.fit, batch=16)),
    "batch 64": replace(BASELINE, fit=replace(BASELINE.fit, batch=64)),
    "RMSprop": replace(BASELINE, fit=replace(BASELINE.fit, optimizer="rmsprop")),
    "conventional augmentation": replace(BASELINE, augmentation="conventional"),
}


def grid_parts(task: Task, train_per_class: int, validation_n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the indices of training and validation pictures, both of the published training folder."""
    folder = task.splits[0].train
    train = capped_per_class(folder, task.label, train_per_class)
    others = np.setdiff1d(folder, train)
    return train, np.sort(np.random.default_rng(0).permutation(others)[:validation_n])


def run_trial(trial: GridTrial, task: Task, train: np.ndarray, validation: np.ndarray, folder: Path) -> dict[str, Any]:
    """Train the deep CNN at one point of the grid, and return its metrics on the validation pictures."""
    import keras

    start = perf_counter()
    keras.utils.set_random_seed(trial.seed)
    shape = (SIDE_PX, SIDE_PX, 3)
    network = deep_cnn(len(task.classes), trial.filters, trial.kernel, trial.dense, trial.dropout, SIDE_PX)
    augment = AUGMENTATIONS[trial.augmentation]

    def inputs(at: np.ndarray, rng: np.random.Generator | None) -> Any:
        own = task.pictures[at]
        drawn = own if rng is None else np.stack([augment(picture, rng) for picture in own])
        # Paper is 0: from paper of 1 so few steps often leave the first plateau, or do not, by the random seed alone.
        return 1 - np.asarray(network_inputs(drawn, shape))

    history = fit_beats(network, inputs, task.label, train, validation, trial.fit, trial.seed, folder)
    found = np.asarray(network.predict_on_batch(inputs(validation, None)))
    metrics = beat_metrics(task.label[validation], found, task.classes)
    parameters = network.count_params()
    keras.backend.clear_session()
    return {
        **{key: metrics[key] for key in ("n", "accuracy", "macro_f1")},
        "f1": {name: own["f1"] for name, own in metrics["classes"].items()},
        "parameters": parameters,
        "epochs": len(history["loss"]),
        "train_n": len(train),
        "seconds": round(perf_counter() - start),
    }


def main() -> None:
    """Run the trials named on the command line, and add them to the file of results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trial", nargs="+", choices=tuple(GRID), default=list(GRID))
    parser.add_argument("--cache", type=Path, default=cache_folder())
    options = parser.parse_args()
    task = six_published(data_folder(), TRACE_KIND, options.cache)
    train, validation = grid_parts(task, TRAIN_PER_CLASS, VALIDATION_N)
    for name in options.trial:
        with tempfile.TemporaryDirectory() as folder:
            found = run_trial(GRID[name], task, train, validation, Path(folder))
        before = json.loads(GRID_FILE.read_text("utf-8")) if GRID_FILE.is_file() else {}
        GRID_FILE.write_text(json.dumps(before | {name: found}, indent=1) + "\n", "utf-8")
        print(name, json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
