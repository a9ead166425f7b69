"""A small hyperparameter search for our network: ``python -m models.beats.search``.

Within DS1, in four folds that share no record: nothing that results are reported on. Each trial changes one thing of
the baseline; their metrics go to ``search.json``.
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
from models.beats.beat_net import BeatNetConfig
from models.beats.fitting import BeatFitConfig
from models.beats.published import PUBLISHED_AUGMENTATION, SEARCH_FILE
from models.beats.recordings import RHYTHM_FEATURES
from models.beats.registry import BEAT_NET
from models.beats.scoring import MACRO_F1_CLASSES, beat_metrics, prior_corrected
from models.beats.tasks import Task, five_tuning
from models.beats.training import predict, train_split
from models.data import cache_folder, data_folder


@dataclass(frozen=True)
class Trial:
    """One set of hyperparameters."""

    augmentation: str = PUBLISHED_AUGMENTATION[BEAT_NET]
    fit: BeatFitConfig = field(default_factory=lambda: BeatFitConfig(epochs=5))
    config: BeatNetConfig = field(default_factory=BeatNetConfig)
    # The first so many rhythm features are given; with none, not even that they are known.
    rhythm_n: int = len(RHYTHM_FEATURES) - 1
    # Whether the head is trained on the towers' predictions for other patients, or for other beats of the same.
    by_record: bool = True


BASELINE = Trial()
TRIALS = {
    "baseline": BASELINE,
    "head trained on the towers' own patients": replace(BASELINE, by_record=False),
    "without rhythm": replace(BASELINE, rhythm_n=0),
}


def run_trial(trial: Trial, task: Task, seed: int, folder: Path) -> dict[str, Any]:
    """Train our network on each split, and return its metrics over all of them and how long it took."""
    start = perf_counter()
    rhythm = task.rhythm.copy()
    rhythm[:, trial.rhythm_n : None if trial.rhythm_n == 0 else -1] = 0
    task = replace(task, rhythm=rhythm, inter_patient=trial.by_record)
    predicted = []
    for split in task.splits:
        augment = AUGMENTATIONS[trial.augmentation]
        network, _ = train_split(BEAT_NET, task, split, augment, trial.fit, seed, folder, trial.config)
        predicted.append(predict(network, BEAT_NET, task, split.test))
    index = np.concatenate([split.test for split in task.splits])
    raw = np.concatenate(predicted)
    corrected, uncorrected = (
        beat_metrics(task.label[index], probabilities, task.classes, task.group[index], MACRO_F1_CLASSES)
        for probabilities in (prior_corrected(raw, task), raw)
    )
    return {
        **{key: corrected[key] for key in ("n", "accuracy", "macro_f1")},
        "f1": _f1(corrected),
        "without_prior_correction": {"macro_f1": uncorrected["macro_f1"], "f1": _f1(uncorrected)},
        "seed": seed,
        "seconds": round(perf_counter() - start),
    }


def _f1(found: dict[str, Any]) -> dict[str, float]:
    return {name: found["classes"][name]["f1"] for name in MACRO_F1_CLASSES}


def main() -> None:
    """Run the trials named on the command line, and add them to the file of results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trial", nargs="+", choices=tuple(TRIALS), default=list(TRIALS))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cache", type=Path, default=cache_folder())
    options = parser.parse_args()
    task = five_tuning(data_folder(), options.cache)
    for name in options.trial:
        with tempfile.TemporaryDirectory() as folder:
            found = run_trial(TRIALS[name], task, options.seed, Path(folder))
        before = json.loads(SEARCH_FILE.read_text("utf-8")) if SEARCH_FILE.is_file() else {}
        SEARCH_FILE.write_text(json.dumps(before | {name: found}, indent=1) + "\n", "utf-8")
        print(name, json.dumps(found))


if __name__ == "__main__":
    main()
