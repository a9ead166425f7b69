"""Train our network on beats in context, and publish its figures: ``python -m models.beats.train_context``.

Five AAMI classes: five folds of DS1 that share no record, on which all was chosen; DS1 to DS2; and the random split.
The figures go into ``figures.json`` beside those of the networks over pictures.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from models.beats.context import context_features, context_of_beats
from models.beats.context_layers import ContextNet
from models.beats.context_net import train_context_net
from models.beats.publish import BATCH, TIMES, run_key
from models.beats.published import FIGURES_FILE, NO_AUGMENTATION
from models.beats.recordings import AAMI, Recordings, read_recordings, record_folds
from models.beats.registry import CONTEXT_NET, TRACE_KIND
from models.beats.scoring import MACRO_F1_CLASSES, beat_metrics
from models.beats.tasks import TEST_SHARE
from models.data import data_folder

FOLDS = 5
SEED = 0


def held_out_records(recordings: Recordings, features: np.ndarray) -> dict[str, Any]:
    """Return the metrics on DS1, each fold of its records predicted by a network trained on the others."""
    own = np.flatnonzero(np.isin(recordings.record_name, recordings.ds1))
    label, group = recordings.label[own], recordings.record_name[own]
    fold = record_folds(label, group, len(AAMI), FOLDS)
    found = np.zeros((len(own), len(AAMI)), np.float32)
    for number in range(FOLDS):
        network, _ = train_context_net(features[own[fold != number]], label[fold != number], len(AAMI), SEED)
        found[fold == number] = network(features[own[fold == number]])
    return beat_metrics(label, found, AAMI, group, MACRO_F1_CLASSES)


def run_of(
    recordings: Recordings, features: np.ndarray, task: str, train: np.ndarray, test: np.ndarray
) -> tuple[dict[str, Any], ContextNet]:
    """Train on some beats, and return the run's results on others, and the network."""
    start = perf_counter()
    network, histories = train_context_net(features[train], recordings.label[train], len(AAMI), SEED)
    seconds = round(perf_counter() - start)
    by_patient = task == "five_patients"
    found = network(features[test])
    group = recordings.record_name[test] if by_patient else None
    metrics = beat_metrics(recordings.label[test], found, AAMI, group, MACRO_F1_CLASSES)
    run = {"network": CONTEXT_NET, "task": task, "kind": TRACE_KIND, "augmentation": NO_AUGMENTATION, "seed": SEED}
    protocol = "inter-patient" if by_patient else "random split"
    run |= {"seconds": seconds, "histories": histories[:1], "train_n": len(train), "by_protocol": {protocol: metrics}}
    return run, network


def size_of(network: ContextNet, recordings: Recordings) -> dict[str, float]:
    """Return how many numbers a network holds, its size in MB at 4 bytes each, and milliseconds a beat."""
    beats_s = recordings.sample[recordings.record == 0][:BATCH] / recordings.rate_hz
    mv = recordings.mv[0, : round((beats_s[-1] + 1) * recordings.rate_hz)]
    times = []
    for _ in range(TIMES):
        start = perf_counter()
        features = context_features(mv, recordings.rate_hz, beats_s)
        assert features is not None, "more beats than are needed"
        network(features)
        times.append(perf_counter() - start)
    parameters = sum(array.size for array in network.arrays.values())
    return {
        "parameters": parameters,
        "megabytes": round(4 * parameters / 1e6, 1),
        "milliseconds": round(1000 * median(times) / len(beats_s), 2),
    }


def publish_context(file: Path = FIGURES_FILE) -> None:
    """Train on both splits, and add the figures to those of the other networks."""
    recordings = read_recordings(data_folder())
    features = context_of_beats(recordings)
    name = recordings.record_name
    in_test = np.random.default_rng(0).random(len(name)) < TEST_SHARE
    splits = {
        "five_random": (np.flatnonzero(~in_test), np.flatnonzero(in_test)),
        "five_patients": tuple(np.flatnonzero(np.isin(name, own)) for own in (recordings.ds1, recordings.ds2)),
    }
    published = json.loads(file.read_text("utf-8"))
    runs = {run_key(run): run for run in published["runs"]}
    for task, (train, test) in splits.items():
        run, network = run_of(recordings, features, task, train, test)
        if task == "five_patients":
            run["held_out_records"] = held_out_records(recordings, features)
        runs[run_key(run)] = run
    published["sizes"][CONTEXT_NET] = size_of(network, recordings)
    published["runs"] = [runs[key] for key in sorted(runs)]
    file.write_text(json.dumps(published, indent=1) + "\n", "utf-8")


def main() -> None:
    """Train and publish."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    publish_context()


if __name__ == "__main__":
    main()
