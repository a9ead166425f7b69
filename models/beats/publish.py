"""Publish trained beat networks: ``python -m models.beats.publish``.

Computes the metrics of every run in the cache, writes them to ``figures.json``, and ships the networks that the app
runs, each with its card.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from models.beats.augmentation import AUGMENTATIONS
from models.beats.classifier import BEAT_WEIGHTS_FOLDER
from models.beats.drawing import SHAPE, network_inputs
from models.beats.published import FIGURES_FILE, published_runs
from models.beats.recordings import RHYTHM_FEATURES
from models.beats.registry import BEAT_NET, BEAT_NETWORKS, CONTEXT_NET
from models.beats.scoring import MACRO_F1_CLASSES, beat_metrics, prior_corrected
from models.beats.shipping import is_live, ship
from models.beats.six_classes import SIX_CLASSES, read_six_classes
from models.beats.tasks import KINDS, TASKS, Task
from models.beats.train import PREDICTIONS_FILE, RUN_FILE
from models.beats.training import build_for_task
from models.data import cache_folder, data_folder

BATCH, TIMES = 64, 9


def cached_runs(folder: Path, task: str) -> list[dict[str, Any]]:
    """Return the finished runs of a task with seed 0, each with its folder, in the order of the results.

    Runs of other seeds show the spread; they are neither published nor shipped.
    """
    found = []
    for file in folder.glob(f"{task}-*/{RUN_FILE}"):
        run = json.loads(file.read_text("utf-8"))
        if run["seed"] == 0 and (file.parent / PREDICTIONS_FILE).is_file():
            found.append(run | {"folder": file.parent})
    return sorted(found, key=run_key)


def run_key(run: dict[str, Any]) -> tuple[int, int, int, int]:
    """Return what identifies a run, ordered as tasks, kinds, networks and augmentations are."""
    task, network = list(TASKS).index(run["task"]), [*BEAT_NETWORKS, CONTEXT_NET].index(run["network"])
    augmentation = list(AUGMENTATIONS).index(run["augmentation"])
    return task, KINDS.index(run["kind"]), network, augmentation


def metrics_by_protocol(
    task: Task, index: np.ndarray, probabilities: np.ndarray, on_both_sides: np.ndarray
) -> dict[str, Any]:
    """Return a run's metrics under each protocol of its task."""
    label, group = task.label[index], task.group[index]
    if task.name == "six_published":
        kept = ~on_both_sides[index]
        return {
            "published split": beat_metrics(label, probabilities, task.classes),
            "deduplicated": beat_metrics(label[kept], probabilities[kept], task.classes),
        }
    if task.name == "six_patients":
        return {"patient halves": beat_metrics(label, probabilities, task.classes, group)}
    resampled, name = (group, "inter-patient") if task.name == "five_patients" else (None, "random split")
    corrected = prior_corrected(probabilities, task)
    return {name: beat_metrics(label, corrected, task.classes, resampled, MACRO_F1_CLASSES)}


def run_result(run: dict[str, Any], task: Task, on_both_sides: np.ndarray) -> dict[str, Any]:
    """Return what the results hold of one run."""
    with np.load(run["folder"] / PREDICTIONS_FILE) as arrays:
        by_protocol = {
            key: metrics_by_protocol(task, arrays["index"], arrays[name], on_both_sides)
            for key, name in (("by_protocol", "probabilities"), ("by_protocol_without_rhythm", "without_rhythm"))
            if name in arrays
        }
    extra_n = len(task.extra_train) if run["network"] == BEAT_NET else 0
    return {key: run[key] for key in ("network", "task", "kind", "augmentation", "seed", "seconds", "histories")} | {
        "train_n": sum(len(split.train) + extra_n for split in task.splits),
        **by_protocol,
    }


def six_class_counts(folder: Path) -> dict[str, Any]:
    """Count, by class, the published pictures, their copies, and the annotations and records that they show."""
    collection = read_six_classes(folder)
    counts = {}
    for label, name in enumerate(SIX_CLASSES):
        own = collection.label == label
        counts[name] = {
            "train": int((own & ~collection.in_test).sum()),
            "test": int((own & collection.in_test).sum()),
            "test_copies": int((own & collection.in_test & collection.on_both_sides).sum()),
            "distinct": int((own & collection.is_first).sum()),
            "symbols": _counts(collection.symbol[own]),
            "records": _counts(collection.record[own]),
        }
    return counts


def sizes() -> dict[str, dict[str, float]]:
    """Return each network's parameters, its size in MB at 4 bytes each, and milliseconds a beat in batches of 64."""
    import keras

    found = {}
    for name, network in BEAT_NETWORKS.items():
        built = build_for_task(name, network.classes, len(RHYTHM_FEATURES))
        rhythm = np.zeros((BATCH, len(RHYTHM_FEATURES)), np.float32) if name == BEAT_NET else None
        inputs = network_inputs(np.full((BATCH, *SHAPE), 255, np.uint8), network.shape, rhythm)
        built.predict_on_batch(inputs)
        times = []
        for _ in range(TIMES):
            start = perf_counter()
            built.predict_on_batch(inputs)
            times.append(perf_counter() - start)
        parameters = built.count_params()
        found[name] = {
            "parameters": parameters,
            "megabytes": round(4 * parameters / 1e6, 1),
            "milliseconds": round(1000 * median(times) / BATCH, 2),
        }
        keras.backend.clear_session()
    return found


def main() -> None:
    """Compute the metrics of the cached runs, and write the results and the networks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=cache_folder())
    parser.add_argument("--no-weights", action="store_true", help="write the figures only")
    options = parser.parse_args()
    on_both_sides = read_six_classes(data_folder()).on_both_sides
    # Runs that are not in the cache keep the results that were published before.
    results = {run_key(result): result for result in published_runs(FIGURES_FILE)}
    for name, make_task in TASKS.items():
        runs = cached_runs(options.cache / "beats", name)
        for kind in sorted({run["kind"] for run in runs}):
            task = make_task(data_folder(), kind, options.cache)
            for run in (one for one in runs if one["kind"] == kind):
                result = results[run_key(run)] = run_result(run, task, on_both_sides)
                if not options.no_weights and is_live(run):
                    ship(run, result, task, BEAT_WEIGHTS_FOLDER)
    before = json.loads(FIGURES_FILE.read_text("utf-8")) if FIGURES_FILE.is_file() else {}
    published = {
        # That of the network without pictures is measured by `models.beats.train_context`.
        "sizes": sizes() | {name: size for name, size in before.get("sizes", {}).items() if name == CONTEXT_NET},
        "six_classes": six_class_counts(data_folder()),
        "runs": [results[key] for key in sorted(results)],
    }
    FIGURES_FILE.write_text(json.dumps(published, indent=1) + "\n", "utf-8")


def _counts(values: np.ndarray) -> dict[str, int]:
    names, counts = np.unique(values[values != ""], return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return {str(names[at]): int(counts[at]) for at in order}


if __name__ == "__main__":
    main()
