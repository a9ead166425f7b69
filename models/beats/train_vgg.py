"""Train VGG16 and its distilled form on beats: ``python -m models.beats.train_vgg --task five_patients``.

For each split: the convolutions on its training pictures, a head over them while they are frozen, and the small form
on both (`models.beats.vgg`). Both networks go to the cache as runs of their own, for `models.beats.publish`. Two cores
need hours for it; the shipped figures come from the same three steps in PyTorch on a GPU (`models/LOG.md`).
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from models.beats.drawing import resized
from models.beats.registry import BEAT_NETWORKS, TRACE_KIND
from models.beats.tasks import TASKS, Task
from models.beats.train import run_folder, write_run
from models.beats.training import predict, train_and_validation
from models.beats.vgg import Beats, VggConfig, distil, train_convolutions, train_head
from models.data import cache_folder, data_folder

if TYPE_CHECKING:
    import keras

VGG16, DISTILLED = "beat_vgg16", "beat_vgg_distilled"


def train(task: Task, config: VggConfig, seed: int, folders: dict[str, Path]) -> None:
    """Train both networks on each split of a task, and write each as a run into its folder, by name."""
    histories: dict[str, list[dict[str, Any]]] = {name: [] for name in folders}
    predictions: dict[str, list[np.ndarray]] = {name: [] for name in folders}
    seconds = dict.fromkeys(folders, 0.0)
    for number, split in enumerate(task.splits):
        parts = train_and_validation(np.random.default_rng(seed).permutation(split.train))
        train_beats, validation = (_beats(task, at) for at in parts)
        classes = len(task.classes)
        start = perf_counter()
        convolutions, before = train_convolutions(train_beats, validation, classes, config, seed)
        network, history = train_head(convolutions, train_beats, validation, classes, config, seed, folders[VGG16])
        seconds[VGG16] += perf_counter() - start
        start = perf_counter()
        small, small_history = distil(network, train_beats, validation, classes, config, seed)
        seconds[DISTILLED] += perf_counter() - start
        trained: tuple[tuple[str, keras.Model, dict[str, Any]], ...] = (
            (VGG16, network, history | {"convolutions": before}),
            (DISTILLED, small, small_history),
        )
        for name, one, own in trained:
            histories[name].append(own)
            one.save(folders[name] / f"split{number}.keras")
            predictions[name].append(predict(one, name, task, split.test))
    index = np.concatenate([split.test for split in task.splits])
    for name, folder in folders.items():
        arrays = {"index": index, "probabilities": np.concatenate(predictions[name])}
        run = {
            "network": name,
            "task": task.name,
            "kind": TRACE_KIND,
            "augmentation": "none",
            "seed": seed,
            "fit": asdict(config),
            "histories": histories[name],
            "seconds": round(seconds[name]),
        }
        write_run(folder, run, arrays)


def _beats(task: Task, at: np.ndarray) -> Beats:
    return Beats(resized(task.pictures[at], BEAT_NETWORKS[VGG16].shape[:2]), task.label[at])


def main() -> None:
    """Train both networks for the task named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--task", required=True, choices=tuple(TASKS))
    parser.add_argument("--epochs", type=int, default=VggConfig.epochs, help="of the convolutions")
    parser.add_argument("--distilled-epochs", type=int, default=VggConfig.small_epochs)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cache", type=Path, default=cache_folder())
    options = parser.parse_args()
    task = TASKS[options.task](data_folder(), TRACE_KIND, options.cache)
    folders = {
        name: run_folder(options.cache, name, options.task, TRACE_KIND, "none", options.seed)
        for name in (VGG16, DISTILLED)
    }
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    config = replace(VggConfig(), epochs=options.epochs, small_epochs=options.distilled_epochs)
    train(task, config, options.seed, folders)
    print("trained", *folders.values())


if __name__ == "__main__":
    main()
