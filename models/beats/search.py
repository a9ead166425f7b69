"""A small search for how ours is best taught: ``python -m models.beats.search``.

Within DS1, each of four parts tested by what was taught on the others: nothing that results are reported on. One thing
is changed at a time; what each trial gives is written down beside the figures.
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

from models.beats import OURS
from models.beats.augmentation import WAYS
from models.beats.beat_net import BeatNetConfig
from models.beats.fitting import BeatCourse
from models.beats.published import MAIN, SEARCHED
from models.beats.recordings import RHYTHM
from models.beats.scoring import COUNTED, figures, reweighed
from models.beats.tasks import Task, five_rehearsed
from models.beats.teaching import said_of, teach_part
from models.data import cache_folder, data_folder


@dataclass(frozen=True)
class Trial:
    """One way to teach ours: how its pictures are varied, how long, its sizes, and what it is told of the rhythm."""

    way: str = MAIN[OURS]
    course: BeatCourse = field(default_factory=lambda: BeatCourse(epochs=5))
    config: BeatNetConfig = field(default_factory=BeatNetConfig)
    # So many of the rhythm's figures, from the first on; with none, not even that they are known.
    rhythm_n: int = len(RHYTHM) - 1
    # Whether the head is taught on what the towers say of other patients, or of other beats of the same.
    by_record: bool = True


PLAIN = Trial()
TRIALS = {
    "as it is": PLAIN,
    "head taught on the towers' own patients": replace(PLAIN, by_record=False),
    "without the rhythm": replace(PLAIN, rhythm_n=0),
}


def tried(trial: Trial, task: Task, seed: int, folder: Path) -> dict[str, Any]:
    """Teach ours in one way on each part, and return its figures over all and how long it took."""
    start = perf_counter()
    rhythm = task.rhythm.copy()
    rhythm[:, trial.rhythm_n : None if trial.rhythm_n == 0 else -1] = 0
    task = replace(task, rhythm=rhythm, other_patients=trial.by_record)
    said = []
    for part in task.parts:
        own, _ = teach_part(OURS, task, part, WAYS[trial.way], trial.course, seed, folder, trial.config)
        said.append(said_of(own, OURS, task, part.tested))
    places = np.concatenate([part.tested for part in task.parts])
    answers = np.concatenate(said)
    weighed, plain = (
        figures(task.label[places], probabilities, task.classes, task.group[places], COUNTED)
        for probabilities in (reweighed(answers, task), answers)
    )
    told = {key: weighed[key] for key in ("n", "accuracy", "macro_f1")}
    f1 = {name: weighed["classes"][name]["f1"] for name in COUNTED}
    unweighed = {"macro_f1": plain["macro_f1"], "f1": {name: plain["classes"][name]["f1"] for name in COUNTED}}
    return {**told, "f1": f1, "unweighed": unweighed, "seed": seed, "seconds": round(perf_counter() - start)}


def main() -> None:
    """Try what is asked for, and add it to what was found before."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trial", nargs="+", choices=tuple(TRIALS), default=list(TRIALS))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cache", type=Path, default=cache_folder())
    given = parser.parse_args()
    task = five_rehearsed(data_folder(), given.cache)
    for name in given.trial:
        with tempfile.TemporaryDirectory() as folder:
            found = tried(TRIALS[name], task, given.seed, Path(folder))
        before = json.loads(SEARCHED.read_text("utf-8")) if SEARCHED.is_file() else {}
        SEARCHED.write_text(json.dumps(before | {name: found}, indent=1) + "\n", "utf-8")
        print(name, json.dumps(found))


if __name__ == "__main__":
    main()
