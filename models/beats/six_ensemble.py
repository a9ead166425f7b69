"""Five members on the six classes, averaged with equal weights: ``python -m models.beats.six_ensemble``.

BeatNet as shipped; the wide beat CNN on spectrograms and on scalograms, from the cache of `models.beats.train`; boosted
trees on the signal and the rhythm; extremely randomised trees on spectrograms. BeatNet and the trees are also trained
on records that the pictures do not show. The figures go to ``ensemble.json``; the whole is not shipped.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from models.beats.baselines import FOREST, baseline_features, fit_baseline
from models.beats.classifier import load_beat_network
from models.beats.drawn_signal import drawn_signal
from models.beats.live import file_stem
from models.beats.publish import metrics_by_protocol
from models.beats.published import ENSEMBLE_FILE, NO_AUGMENTATION
from models.beats.registry import BEAT_NET, TRACE_KIND
from models.beats.six_classes import read_six_classes
from models.beats.spectrum_drawing import TRANSFORMS
from models.beats.tasks import Task, six_published
from models.beats.train import PREDICTIONS_FILE, run_folder
from models.data import cache_folder, data_folder

WIDE, TASK = "beat_cnn_wide", "six_published"
BATCH = 256
# Samples of the signal are averaged in threes.
SIGNAL_BINS = 64
# Chosen by 24 records of the training folder, six held out at a time (`models/LOG.md`).
BOOSTING = {"max_iter": 120, "max_leaf_nodes": 15, "l2_regularization": 1.0, "max_features": 0.3}
SEEDS = (0, 1)
# Share of training beats whose rhythm is hidden, since it is unknown for pictures without a match.
HIDDEN_SHARE = 0.25


def boosted(task: Task, train: np.ndarray, test: np.ndarray) -> np.ndarray:
    """Return the probabilities of boosted trees on signal and rhythm, shape (test, classes), mean over `SEEDS`."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    signal = drawn_signal(task.pictures).reshape(len(task.label), SIGNAL_BINS, -1).mean(axis=2)
    rhythm = np.where(task.rhythm[:, -1:] > 0, task.rhythm[:, :-1], np.nan)
    found = np.zeros((len(test), len(task.classes)))
    for seed in SEEDS:
        own = rhythm[train].copy()
        own[np.random.default_rng(seed).random(len(train)) < HIDDEN_SHARE] = np.nan
        model = HistGradientBoostingClassifier(early_stopping=False, random_state=seed, **BOOSTING)
        model.fit(np.hstack([signal[train], own]), task.label[train])
        found[:, model.classes_] += model.predict_proba(np.hstack([signal[test], rhythm[test]])) / len(SEEDS)
    return found


def member_predictions(cache: Path) -> dict[str, np.ndarray]:
    """Return each member's probabilities of the published test pictures, shape (6825, 6), by name."""
    task = six_published(data_folder(), TRACE_KIND, cache)
    test = task.splits[0].test
    train = np.concatenate([task.splits[0].train, task.extra_train])
    network = load_beat_network(file_stem(BEAT_NET, TASK))
    batches = (test[first : first + BATCH] for first in range(0, len(test), BATCH))
    found = {BEAT_NET: np.concatenate([network(task.pictures[at], task.rhythm[at]) for at in batches])}
    for kind in TRANSFORMS:
        with np.load(run_folder(cache, WIDE, TASK, kind, NO_AUGMENTATION, 0) / PREDICTIONS_FILE) as arrays:
            found[f"{WIDE}, {kind}"] = arrays["probabilities"]
    found["boosted trees, signal and rhythm"] = boosted(task, train, test)
    spectra = baseline_features(six_published(data_folder(), "spectrogram", cache).pictures, "spectrogram")
    forest = fit_baseline(FOREST, spectra[train], task.label[train], len(task.classes))
    found[f"{FOREST}, spectrogram"] = forest(spectra[test])
    return found


def main() -> None:
    """Score the members and their mean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=cache_folder())
    options = parser.parse_args()
    task = six_published(data_folder(), TRACE_KIND, options.cache)
    copies = read_six_classes(data_folder()).on_both_sides
    found = member_predictions(options.cache)
    found["mean of the five"] = np.mean(list(found.values()), axis=0)
    figures = {
        name: metrics_by_protocol(task, task.splits[0].test, probabilities, copies)
        for name, probabilities in found.items()
    }
    ENSEMBLE_FILE.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    for name, by_protocol in figures.items():
        print(name, {protocol: own["accuracy"] for protocol, own in by_protocol.items()})


if __name__ == "__main__":
    main()
