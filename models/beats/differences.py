"""BeatContext less each other network on DS2, on the same resampled records: ``python -m models.beats.differences``.

Intervals of two networks overlap where the same few records are hard or easy for both; the interval of their difference
does not suffer from that. Networks are compared that ship for the five classes, and those whose predictions
`models.beats.train` or `models.beats.train_vgg` left in the cache. Nothing is chosen here.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from models.beats.classifier import checked_beat_card, weighted
from models.beats.context import context_of_beats
from models.beats.context_live import load_context
from models.beats.live import CONTEXT_TASK, file_stem, shipped_networks
from models.beats.live_network import LiveBeatNetwork
from models.beats.published import DIFFERENCES_FILE, NO_AUGMENTATION, difference_results
from models.beats.recordings import AAMI, Recordings, read_recordings, rhythm_of_beats
from models.beats.registry import BEAT_NET, BEAT_NETWORKS, TRACE_KIND
from models.beats.scoring import MACRO_F1_CLASSES
from models.beats.tasks import draw_beats
from models.beats.train import PREDICTIONS_FILE, run_folder
from models.data import cache_folder, data_folder
from models.scoring import bootstrap, metrics

BATCH = 512
AMONG = [AAMI.index(name) for name in MACRO_F1_CLASSES]


def macro_f1_draws(label: np.ndarray, predicted: np.ndarray, record: np.ndarray) -> np.ndarray:
    """Return macro-F1 over N, S, V, F, shape (1 + draws,): first of all beats, then of resampled records.

    The same records give the same resamples, whatever was predicted.
    """
    counts = metrics.confusion(label, predicted, len(AAMI))
    resampled = bootstrap.resampled_confusions(label, predicted, len(AAMI), record)
    return metrics.report_metrics(np.concatenate([counts[None], resampled]), AMONG)["macro_f1"]


def difference(label: np.ndarray, first: np.ndarray, second: np.ndarray, record: np.ndarray) -> dict[str, float]:
    """Return macro-F1 of a first network's classes, of a second one's, and their difference with its interval.

    Examples
    --------
    >>> label, record = np.tile([1, 3, 4, 0], 10), np.repeat(np.arange(10), 4)
    >>> difference(label, label, np.ones(40, int), record)
    {'first': 1.0, 'second': 0.1, 'value': 0.9, 'low': 0.9, 'high': 0.9, 'above_0': 1.0}
    """
    one, other = (macro_f1_draws(label, predicted, record) for predicted in (first, second))
    value, low, high = bootstrap.with_interval(one - other)
    found = {"first": one[0], "second": other[0], "value": value, "low": low, "high": high}
    found["above_0"] = float((one[1:] > other[1:]).mean())
    return {key: round(float(figure), 4) for key, figure in found.items()}


def cached_classes(cache: Path, name: str, test: np.ndarray) -> np.ndarray | None:
    """Return the classes that a network's run in the cache predicts for the test beats; None without such a run."""
    file = run_folder(cache, name, CONTEXT_TASK, TRACE_KIND, NO_AUGMENTATION, 0) / PREDICTIONS_FILE
    if not file.is_file():
        return None
    # The priors are those of the task, whichever network's card has them.
    _, card = checked_beat_card(file_stem(BEAT_NET, CONTEXT_TASK))
    with np.load(file) as arrays:
        assert (arrays["index"] == test).all(), "the runs of a task share its test beats"
        return np.asarray(weighted(arrays["probabilities"], card).argmax(axis=1))


def shipped_classes(name: str, recordings: Recordings, test: np.ndarray) -> np.ndarray:
    """Return the classes that a shipped network predicts for the test beats, drawn as its training beats were."""
    network, rhythm = LiveBeatNetwork(file_stem(name, CONTEXT_TASK)), rhythm_of_beats(recordings)
    batches = (test[first : first + BATCH] for first in range(0, len(test), BATCH))
    found = [network(draw_beats(recordings, TRACE_KIND, at), rhythm[at]).argmax(axis=1) for at in batches]
    return np.concatenate(found)


def main() -> None:
    """Predict, compare and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=cache_folder())
    parser.add_argument("--network", nargs="+", choices=list(BEAT_NETWORKS), default=list(BEAT_NETWORKS))
    options = parser.parse_args()
    recordings = read_recordings(data_folder())
    test = np.flatnonzero(np.isin(recordings.record_name, recordings.ds2))
    label, record = recordings.label[test], recordings.record_name[test]
    context = load_context()(context_of_beats(recordings)[test]).argmax(axis=1)
    found = dict(difference_results()) if DIFFERENCES_FILE.is_file() else {}
    for name in options.network:
        predicted = cached_classes(options.cache, name, test)
        if predicted is None and name in shipped_networks(CONTEXT_TASK):
            predicted = shipped_classes(name, recordings, test)
        if predicted is not None:
            found[name] = difference(label, context, predicted, record)
            DIFFERENCES_FILE.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
            print(name, found[name], flush=True)


if __name__ == "__main__":
    main()
