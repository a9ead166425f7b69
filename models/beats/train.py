"""Train beat networks: ``python -m models.beats.train --network beat_cnn_64 --task six_published``.

Networks, histories and predictions for the test beats go to the cache, for `models.beats.publish`.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from models.beats.augmentation import AUGMENTATIONS
from models.beats.fitting import BeatFitConfig
from models.beats.registry import BEAT_NET, BEAT_NETWORKS, TRACE_KIND
from models.beats.tasks import KINDS, TASKS, Task
from models.beats.training import predict, train_split
from models.data import cache_folder, data_folder

PREDICTIONS_FILE, RUN_FILE = "predictions.npz", "run.json"
# VGG16 and its distilled form have steps of their own, in `models.beats.train_vgg`.
TRAINED_HERE = [name for name in BEAT_NETWORKS if name not in ("beat_vgg16", "beat_vgg_distilled")]


def run_folder(cache: Path, network: str, task: str, kind: str, augmentation: str, seed: int) -> Path:
    """Return the cache folder of one training run."""
    return cache / "beats" / f"{task}-{kind}-{network}-{augmentation}-{seed}"


def train(
    network: str, task: Task, kind: str, augmentation: str, config: BeatFitConfig, seed: int, folder: Path
) -> None:
    """Train a network on each split of a task, and write it with its history and its predictions for the test set."""
    arrays: dict[str, list[np.ndarray]] = {"index": [], "probabilities": []}
    histories, seconds = [], 0.0
    for number, split in enumerate(task.splits):
        start = perf_counter()
        trained, history = train_split(network, task, split, AUGMENTATIONS[augmentation], config, seed, folder)
        seconds += perf_counter() - start
        trained.save(folder / f"split{number}.keras")
        histories.append(history)
        arrays["index"].append(split.test)
        arrays["probabilities"].append(predict(trained, network, task, split.test))
        if network == BEAT_NET:
            alone = predict(trained, network, task, split.test, rhythm_known=False)
            arrays.setdefault("without_rhythm", []).append(alone)
    combined: dict[str, Any] = {name: np.concatenate(parts) for name, parts in arrays.items()}
    run = {
        "network": network,
        "task": task.name,
        "kind": kind,
        "augmentation": augmentation,
        "seed": seed,
        "fit": asdict(config),
        "histories": histories,
        "seconds": round(seconds),
    }
    write_run(folder, run, combined)


def write_run(folder: Path, run: dict[str, Any], arrays: dict[str, np.ndarray]) -> None:
    """Write a run's facts, and its predictions for the test set with their indices, for `models.beats.publish`."""
    np.savez_compressed(folder / PREDICTIONS_FILE, **arrays)  # type: ignore[arg-type]
    (folder / RUN_FILE).write_text(json.dumps(run, indent=1) + "\n", "utf-8")


def main() -> None:
    """Train the networks named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--network", required=True, choices=TRAINED_HERE, nargs="+")
    parser.add_argument("--task", required=True, choices=tuple(TASKS))
    parser.add_argument("--kind", default=TRACE_KIND, choices=KINDS, help="how a beat is drawn")
    parser.add_argument("--augmentation", default="none", choices=tuple(AUGMENTATIONS))
    parser.add_argument("--epochs", type=int, default=BeatFitConfig.epochs)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cache", type=Path, default=cache_folder())
    options = parser.parse_args()
    task = TASKS[options.task](data_folder(), options.kind, options.cache)
    for name in options.network:
        folder = run_folder(options.cache, name, options.task, options.kind, options.augmentation, options.seed)
        config = BeatFitConfig(epochs=options.epochs)
        train(name, task, options.kind, options.augmentation, config, options.seed, folder)
        print(f"trained {name}: {folder}")


if __name__ == "__main__":
    main()
