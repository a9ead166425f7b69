"""Teach a network of beats: ``python -m models.beats.train --network beat_cnn_64 --task six_published``.

What each says of the pictures that it was not taught on goes to the cache, for `models.beats.publish`.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from models.beats import NETWORKS, OURS, PLAIN_KIND
from models.beats.augmentation import WAYS
from models.beats.fitting import BeatCourse
from models.beats.tasks import KINDS, TASKS, Task
from models.beats.teaching import said_of, teach_part
from models.data import cache_folder, data_folder


def folder_of(cache: Path, network: str, task: str, kind: str, augmentation: str, seed: int) -> Path:
    """Return where one teaching is kept."""
    return cache / "beats" / f"{task}-{kind}-{network}-{augmentation.replace(' ', '_')}-{seed}"


def teach(network: str, task: Task, kind: str, augmentation: str, course: BeatCourse, seed: int, folder: Path) -> None:
    """Teach a network on each part of a task, and keep it, its history, and what it says of what it was not taught."""
    places, said, alone, histories, seconds = [], [], [], [], 0.0
    for number, part in enumerate(task.parts):
        start = perf_counter()
        own, history = teach_part(network, task, part, WAYS[augmentation], course, seed, folder)
        seconds += perf_counter() - start
        own.save(folder / f"part{number}.keras")
        histories.append(history)
        places.append(part.tested)
        said.append(said_of(own, network, task, part.tested))
        if network == OURS:
            alone.append(said_of(own, network, task, part.tested, rhythm_known=False))
    kept = {"places": places, "probabilities": said} | ({"without_rhythm": alone} if alone else {})
    joined: dict[str, Any] = {name: np.concatenate(parts) for name, parts in kept.items()}
    np.savez_compressed(folder / "said.npz", **joined)
    told = {
        "network": network,
        "task": task.name,
        "kind": kind,
        "augmentation": augmentation,
        "seed": seed,
        "course": asdict(course),
        "histories": histories,
    }
    (folder / "taught.json").write_text(json.dumps(told | {"seconds": round(seconds)}, indent=1) + "\n", "utf-8")


def main() -> None:
    """Teach what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    taught = list(NETWORKS)
    parser.add_argument("--network", required=True, choices=taught, nargs="+")
    parser.add_argument("--task", required=True, choices=tuple(TASKS))
    parser.add_argument(
        "--kind", default=PLAIN_KIND, choices=KINDS, help="of picture; six classes come as pictures only"
    )
    parser.add_argument("--augmentation", default="none", choices=tuple(WAYS))
    parser.add_argument("--epochs", type=int, default=BeatCourse.epochs)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cache", type=Path, default=cache_folder())
    given = parser.parse_args()
    if given.task.startswith("six") and given.kind != PLAIN_KIND:
        parser.error("six classes come as pictures only")
    task = TASKS[given.task](data_folder(), given.kind, given.cache)
    for name in given.network:
        folder = folder_of(given.cache, name, given.task, given.kind, given.augmentation, given.seed)
        teach(name, task, given.kind, given.augmentation, BeatCourse(epochs=given.epochs), given.seed, folder)
        print(f"{name} is taught: {folder}")


if __name__ == "__main__":
    main()
