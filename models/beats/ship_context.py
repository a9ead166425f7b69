"""Train, calibrate and ship the network on beats in context: ``python -m models.beats.ship_context``.

The app sees a beat within the strip of a report, not within half an hour. What ships is therefore trained on the beats
of DS1 twice, within their record and within strips of ten seconds, and calibrated on strips of held-out records of DS1.
Its figures on DS2 are computed once, at the end, and go to its card.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.beats.classifier import BEAT_WEIGHTS_FOLDER
from models.beats.context import CONTEXT, context_of_beats, context_of_strips
from models.beats.context_calibration import calibrate, class_calibration_errors, fit_calibration
from models.beats.context_layers import ContextNet
from models.beats.context_live import ContextCard
from models.beats.context_net import train_context_net
from models.beats.recordings import AAMI, Recordings, read_recordings, record_folds
from models.beats.registry import CONTEXT_NET
from models.beats.scoring import MACRO_F1_CLASSES, beat_metrics
from models.beats.shipping import LIMITS
from models.beats.train_context import FOLDS, SEED
from models.data import data_folder

# A printed rhythm strip.
STRIP_S = 10.0
DATA = "beats of the 22 records DS1 of the MIT-BIH Arrhythmia Database, within their record and within strips of 10 s"
SPLIT = "trained on DS1, tested on DS2: other patients, but for records 201 and 202 of one patient"
STRIP_LIMITS = (
    "Needs at least eight beats of one lead without gaps, and was trained on lead II and leads close to it.",
    "Where all beats of a strip are alike, as in a tachycardia, it takes them as the usual ones and predicts N.",
    "Fusion and paced beats are hardly recognised.",
)


@dataclass(frozen=True)
class ContextBeats:
    """Beats with their features within their record and, where they have any, within their strip.

    Attributes
    ----------
    whole, strip : ndarray, shape (n, 46), float32
        NaN in the latter for beats at the edge of a strip, and in strips with too few beats.
    label : ndarray of int, shape (n,)
    record : ndarray of str, shape (n,)
    """

    whole: np.ndarray
    strip: np.ndarray
    label: np.ndarray
    record: np.ndarray

    @property
    def in_strip(self) -> np.ndarray:
        """Which beats have features within their strip, shape (n,)."""
        return np.asarray(~np.isnan(self.strip[:, 0]))

    def of(self, chosen: np.ndarray) -> ContextBeats:
        """Return the chosen beats."""
        return ContextBeats(self.whole[chosen], self.strip[chosen], self.label[chosen], self.record[chosen])

    def trained(self) -> tuple[ContextNet, list[dict[str, list[float]]]]:
        """Train the network on every beat within its record, and once more within its strip."""
        features = np.concatenate([self.whole, self.strip[self.in_strip]])
        label = np.concatenate([self.label, self.label[self.in_strip]])
        return train_context_net(features, label, len(AAMI), SEED)


def read_context_beats(recordings: Recordings, strip_s: float = STRIP_S) -> ContextBeats:
    """Compute the features of every beat of the recordings."""
    strip = context_of_strips(recordings, strip_s)
    return ContextBeats(context_of_beats(recordings), strip, recordings.label, recordings.record_name)


def held_out_strips(beats: ContextBeats) -> tuple[np.ndarray, np.ndarray]:
    """Return each strip beat's probabilities by a network trained without its fold of records, and its fold."""
    fold = record_folds(beats.label, beats.record, len(AAMI), FOLDS)
    found = np.zeros((len(beats.label), len(AAMI)), np.float32)
    for number in range(FOLDS):
        network, _ = beats.of(fold != number).trained()
        own = (fold == number) & beats.in_strip
        found[own] = network(beats.strip[own])
    return found[beats.in_strip], fold[beats.in_strip]


def calibrated_held_out(found: np.ndarray, label: np.ndarray, fold: np.ndarray) -> np.ndarray:
    """Return held-out probabilities, each fold's calibrated on the other folds."""
    calibrated = np.zeros(found.shape)
    for number in np.unique(fold):
        own = fold == number
        calibrated[own] = calibrate(found[own], *fit_calibration(found[~own], label[~own]))
    return calibrated


def figures_of(label: np.ndarray, found: np.ndarray, record: np.ndarray) -> dict[str, Any]:
    """Return a card's figures: n, accuracy and macro-F1 with intervals, and F1 of each class."""
    metrics = beat_metrics(label, found, AAMI, record, MACRO_F1_CLASSES)
    f1 = {name: metrics["classes"][name]["f1"] for name in MACRO_F1_CLASSES}
    return {key: metrics[key] for key in ("n", "accuracy", "macro_f1")} | {"f1": f1}


def main() -> None:
    """Train, calibrate, score and ship."""
    import keras

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=BEAT_WEIGHTS_FOLDER)
    options = parser.parse_args()
    recordings = read_recordings(data_folder())
    beats = read_context_beats(recordings)
    train, test = (beats.of(np.isin(beats.record, own)) for own in (recordings.ds1, recordings.ds2))
    found, fold = held_out_strips(train)
    label, record = train.label[train.in_strip], train.record[train.in_strip]
    even = calibrated_held_out(found, label, fold)
    scale, offset = fit_calibration(found, label)
    scale, offset = scale.round(4), offset.round(4)
    network, _ = train.trained()
    errors = {
        name: dict(zip(AAMI, class_calibration_errors(one, label).round(4).tolist(), strict=True))
        for name, one in (("before", found), ("after", even))
    }
    in_strip = test.in_strip
    on_strips, on_records = (
        calibrate(network(features), scale, offset) for features in (test.strip[in_strip], test.whole)
    )
    figures = {
        "held_out_strips_ds1": figures_of(label, even, record),
        "held_out_strips_ds1_before_calibration": figures_of(label, found, record),
        "calibration_error_by_class": errors,
        "strips_ds2": figures_of(test.label[in_strip], on_strips, test.record[in_strip]),
        "whole_records_ds2": figures_of(test.label, on_records, test.record),
    }
    file = options.folder / f"{CONTEXT_NET}.npz"
    np.savez_compressed(file, **network.arrays)  # type: ignore[arg-type]
    card = ContextCard(
        name=file.stem,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        keras=keras.__version__,
        data=DATA,
        split=SPLIT,
        seed=SEED,
        input=(train.whole.shape[1],),
        classes=AAMI,
        figures=figures,
        limits=(*STRIP_LIMITS, *LIMITS),
        strip_s=STRIP_S,
        reference_share=CONTEXT.reference_share,
        fewest_beats=CONTEXT.fewest_beats,
        scale=tuple(scale.tolist()),
        offset=tuple(offset.tolist()),
    )
    file.with_suffix(".json").write_text(json.dumps(asdict(card), indent=1) + "\n", "utf-8")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
