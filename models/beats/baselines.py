"""Baselines without a network on the six classes: ``python -m models.beats.baselines``.

Logistic regression and trees on what each picture shows: the signal read back from it, its spectrogram, its scalogram.
They are scored as the networks are, and the results go to ``baselines.json``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from models.beats.drawing import SHAPE
from models.beats.drawn_signal import drawn_signal
from models.beats.publish import metrics_by_protocol
from models.beats.published import BASELINES_FILE
from models.beats.registry import TRACE_KIND
from models.beats.six_classes import read_six_classes
from models.beats.tasks import KINDS, TASKS, Task
from models.data import cache_folder, data_folder

# Spectra are averaged over squares of so many pixels: 384 features, where a beat as a signal has 192.
BLOCK_PX = 8
TREES, LEAF = 60, 2
CONSTANT, LOGISTIC, FOREST = "always the largest class", "logistic regression", "extremely randomised trees"
Predictor = Callable[[np.ndarray], np.ndarray]


def baseline_features(pictures: np.ndarray, kind: str) -> np.ndarray:
    """Return the features of pictures of a kind, shape (n, 192) or (n, 384), float32.

    Examples
    --------
    >>> baseline_features(np.full((2, 128, 192), 255, np.uint8), "scalogram").shape
    (2, 384)
    """
    if kind == TRACE_KIND:
        return drawn_signal(pictures)
    height, width = (side // BLOCK_PX for side in SHAPE)
    blocks = pictures.reshape(-1, height, BLOCK_PX, width, BLOCK_PX).mean(axis=(2, 4), dtype=np.float32)
    return np.asarray(blocks.reshape(len(pictures), -1) / 255, np.float32)


def fit_baseline(name: str, features: np.ndarray, label: np.ndarray, classes_n: int) -> Predictor:
    """Fit one of `BASELINES`, and return its function from features to probabilities, shape (n, classes)."""
    from sklearn.ensemble import ExtraTreesClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    if name == CONSTANT:
        shares = np.bincount(label, minlength=classes_n) / len(label)
        return lambda some: np.tile(shares, (len(some), 1))
    model = (
        make_pipeline(StandardScaler(), LogisticRegression(max_iter=100))
        if name == LOGISTIC
        else ExtraTreesClassifier(TREES, min_samples_leaf=LEAF, random_state=0)
    ).fit(features, label)

    def predicted(some: np.ndarray) -> np.ndarray:
        found = np.zeros((len(some), classes_n))
        # A class without training pictures has no column.
        found[:, model.classes_] = model.predict_proba(some)
        return found

    return predicted


BASELINES = (CONSTANT, LOGISTIC, FOREST)


def run_baseline(name: str, task: Task, features: np.ndarray, kind: str, on_both_sides: np.ndarray) -> dict[str, Any]:
    """Fit a baseline on each split of a task, and return its metrics under each protocol of the task."""
    start = perf_counter()
    predicted = [
        fit_baseline(name, features[split.train], task.label[split.train], len(task.classes))(features[split.test])
        for split in task.splits
    ]
    index = np.concatenate([split.test for split in task.splits])
    return {
        "baseline": name,
        "task": task.name,
        "kind": kind,
        "train_n": sum(len(split.train) for split in task.splits),
        "by_protocol": metrics_by_protocol(task, index, np.concatenate(predicted), on_both_sides),
        "seconds": round(perf_counter() - start),
    }


def main() -> None:
    """Fit and score every baseline on each kind of picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=cache_folder())
    options = parser.parse_args()
    on_both_sides = read_six_classes(data_folder()).on_both_sides
    found = []
    for kind in KINDS:
        features: np.ndarray | None = None
        for name in ("six_published", "six_patients"):
            task = TASKS[name](data_folder(), kind, options.cache)
            features = baseline_features(task.pictures, kind) if features is None else features
            found += [run_baseline(baseline, task, features, kind, on_both_sides) for baseline in BASELINES]
            BASELINES_FILE.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
            print(kind, name, [one["seconds"] for one in found[-len(BASELINES) :]], flush=True)


if __name__ == "__main__":
    main()
