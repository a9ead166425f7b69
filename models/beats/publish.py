"""From what was taught to what ships: ``python -m models.beats.publish``.

Gathers what each network in the cache said of the pictures that it was not taught on into one file of figures, keeps
the histories, and writes the networks that are shown live, each with its card.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from models.beats import NETWORKS, OURS
from models.beats.classifier import BEAT_WEIGHTS
from models.beats.drawing import SHAPE
from models.beats.inputs import inputs_of
from models.beats.published import FIGURES
from models.beats.recordings import RHYTHM
from models.beats.scoring import COUNTED, figures, reweighed
from models.beats.shipping import is_live, ship
from models.beats.six_classes import SIX, six_classes
from models.beats.tasks import TASKS, Task
from models.beats.teaching import network_for
from models.data import cache_folder, data_folder

BATCH, TIMES = 64, 9


def runs_of(folder: Path, task: str) -> list[dict[str, Any]]:
    """Return what is known of each teaching of a task by the first seed, with where it is kept, in the networks' order.

    Other seeds are for looking at chance; what is told of and what ships must be the same one.
    """
    found = []
    for file in folder.glob(f"{task}-*/taught.json"):
        run = json.loads(file.read_text("utf-8"))
        if run["seed"] == 0 and (file.parent / "said.npz").is_file():
            found.append(run | {"folder": file.parent})
    return sorted(found, key=line_key)


def published() -> list[dict[str, Any]]:
    """Return the lines of the results as they stand; none where nothing was published."""
    runs: list[dict[str, Any]] = json.loads(FIGURES.read_text("utf-8"))["runs"] if FIGURES.is_file() else []
    return runs


def line_key(run: dict[str, Any]) -> tuple[int, str, int, str]:
    """Return what a line of the results is known by, in the order of the tasks and the networks."""
    task, network = list(TASKS).index(run["task"]), list(NETWORKS).index(run["network"])
    return task, run["kind"], network, run["augmentation"]


def scorings(task: Task, places: np.ndarray, probabilities: np.ndarray, twins: np.ndarray) -> dict[str, Any]:
    """Return a run's figures by the way it is scored."""
    label, group = task.label[places], task.group[places]
    if task.name == "six_published":
        alone = ~twins[places]
        return {
            "as published": figures(label, probabilities, task.classes),
            "without copies": figures(label[alone], probabilities[alone], task.classes),
        }
    if task.name == "six_patients":
        return {"by patient": figures(label, probabilities, task.classes, group)}
    by_record, name = (group, "other patients") if task.name == "five_patients" else (None, "random split")
    return {name: figures(label, reweighed(probabilities, task), task.classes, by_record, COUNTED)}


def told_of(run: dict[str, Any], task: Task, twins: np.ndarray) -> dict[str, Any]:
    """Return one run's line of the results."""
    with np.load(run["folder"] / "said.npz") as said:
        scored = {
            name: scorings(task, said["places"], said[kept], twins)
            for name, kept in (("scorings", "probabilities"), ("without_rhythm", "without_rhythm"))
            if kept in said
        }
    return {key: run[key] for key in ("network", "task", "kind", "augmentation", "seed", "seconds", "histories")} | {
        "taught": sum(len(part.taught) + (len(task.more) if run["network"] == OURS else 0) for part in task.parts),
        **scored,
    }


def facts_of(folder: Path) -> dict[str, Any]:
    """Count what the six classes' pictures were found to be: by class, their copies, beats and records."""
    known = six_classes(folder)
    told = {}
    for label, name in enumerate(SIX):
        own = known.label == label
        told[name] = {
            "taught": int((own & ~known.tested).sum()),
            "tested": int((own & known.tested).sum()),
            "tested_copies": int((own & known.tested & known.twin).sum()),
            "distinct": int((own & known.first).sum()),
            "symbols": _counted(known.symbol[own]),
            "records": _counted(known.record[own]),
        }
    return told


def sizes() -> dict[str, dict[str, float]]:
    """Return each network's parameters, its size in MB at 4 bytes each, and milliseconds a beat in batches of 64."""
    import keras

    found = {}
    for name, network in NETWORKS.items():
        built = network_for(name, network.classes, len(RHYTHM))
        rhythm = np.zeros((BATCH, len(RHYTHM)), np.float32) if name == OURS else None
        asked = inputs_of(np.full((BATCH, *SHAPE), 255, np.uint8), network.shape, rhythm)
        built.predict_on_batch(asked)
        times = []
        for _ in range(TIMES):
            start = perf_counter()
            built.predict_on_batch(asked)
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
    """Gather, score, and write what ships."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=cache_folder())
    parser.add_argument("--no-weights", action="store_true", help="write the figures alone")
    given = parser.parse_args()
    twins = six_classes(data_folder()).twin
    # What was taught elsewhere, or long ago, is told of as it was published.
    lines = {line_key(line): line for line in published()}
    for name, task_of in TASKS.items():
        runs = runs_of(given.cache / "beats", name)
        for kind in sorted({run["kind"] for run in runs}):
            task = task_of(data_folder(), kind, given.cache)
            for run in (one for one in runs if one["kind"] == kind):
                line = lines[line_key(run)] = told_of(run, task, twins)
                if not given.no_weights and is_live(run):
                    ship(run, line, task, BEAT_WEIGHTS)
    told = {"sizes": sizes(), "six_classes": facts_of(data_folder()), "runs": [lines[key] for key in sorted(lines)]}
    FIGURES.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def _counted(values: np.ndarray) -> dict[str, int]:
    names, counts = np.unique(values[values != ""], return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return {str(names[at]): int(counts[at]) for at in order}


if __name__ == "__main__":
    main()
