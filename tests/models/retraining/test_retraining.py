"""Retraining: which readings count, where heads go, what the gate lets through, and the way back."""

import json
from dataclasses import replace

import numpy as np
import pytest

from models.classes import CLASSES
from models.data import FOLDS
from models.retraining import (
    RETRAIN,
    Head,
    StoreError,
    confirmed_labels,
    fit_head,
    fold_of,
    judged,
    kept_readings,
    promote,
    roll_back,
)


def reading(sha256, reader, label, role="reader"):
    return {"sha256": sha256, "reader": reader, "label": label, "role": role}


def line(*parts):
    return json.dumps({"schema": "ecgviz.kept_reading/1", "comment": "", **reading(*parts)})


def test_two_who_agree_or_one_who_decides_confirm_a_class():
    readings = [
        reading("agreed", "ab", "Normal"),
        reading("agreed", "cd", "Normal"),
        reading("differ", "ab", "Normal"),
        reading("differ", "cd", "History of MI"),
        reading("decided", "ab", "Normal"),
        reading("decided", "cd", "History of MI"),
        reading("decided", "ef", "Myocardial infarction", "adjudication"),
        reading("alone", "ab", "Abnormal heartbeat"),
    ]
    known = confirmed_labels(readings)
    assert known.labels == {"agreed": 0, "decided": 2}
    assert known.open == 2
    assert confirmed_labels(readings, single=True).labels == {"agreed": 0, "alone": 1, "decided": 2}


@pytest.mark.parametrize("text", ["no json", "[]", '{"schema": "other"}', line("a", "b", "STEMI")])
def test_what_is_no_export_is_refused_with_its_line(text, tmp_path):
    file = tmp_path / "readings.jsonl"
    file.write_text(f"{line('a', 'b', 'Normal')}\n{text}")
    with pytest.raises(StoreError, match="line 2"):
        kept_readings(str(file))


def test_a_report_is_always_in_the_same_fold_and_all_folds_are_used():
    folds = [fold_of(f"{number:064x}") for number in range(500)]
    assert folds == [fold_of(f"{number:064x}") for number in range(500)]
    assert set(folds) == set(range(FOLDS))
    assert np.bincount(folds).min() > 60


@pytest.fixture
def separable():
    rng = np.random.default_rng(0)
    labels = np.repeat(range(len(CLASSES)), 50)
    features = rng.normal(0, 1, (len(labels), 12)).astype(np.float32)
    features[:, :4] += 3 * np.eye(4)[labels]
    return features, labels


def test_a_head_learns_what_features_hold(separable):
    features, labels = separable
    start = Head(np.zeros((12, 4), np.float32), np.zeros(4, np.float32))
    head = fit_head(start, features, labels)
    assert (head.logits(features).argmax(axis=1) == labels).mean() > 0.9
    assert (head.kernel.dtype, head.kernel.shape, head.bias.shape) == (np.float32, (12, 4), (4,))


def test_a_strong_pull_keeps_the_head_where_it_was(separable):
    features, labels = separable
    start = Head(np.full((12, 4), 0.3, np.float32), np.zeros(4, np.float32))
    near, far = (fit_head(start, features, labels, replace(RETRAIN, pull=pull)) for pull in (1e3, 1e-4))
    assert np.abs(near.kernel - start.kernel).max() < 1e-2
    assert np.abs(far.kernel - start.kernel).max() > 0.3


def logits_of(predicted):
    return np.eye(len(CLASSES))[predicted]


@pytest.fixture
def held_out():
    """Labels, which are confirmed, and predictions with one error in each class of the confirmed half."""
    labels = np.tile(np.repeat(range(4), 10), 2)
    confirmed = np.repeat([False, True], 40)
    before = labels.copy()
    before[40:80:10] = (labels[40:80:10] + 1) % 4
    return labels, confirmed, before


def test_a_network_that_gains_and_loses_nowhere_passes(held_out):
    labels, confirmed, before = held_out
    gate = judged(labels, confirmed, logits_of(before), logits_of(labels))
    assert gate.passed
    assert (gate.n, gate.confirmed_n, gate.after) == (80, 40, 1.0)


def test_a_gain_below_the_margin_is_refused(held_out):
    labels, confirmed, before = held_out
    after = before.copy()
    after[40] = labels[40]
    gate = judged(labels, confirmed, logits_of(before), logits_of(after), replace(RETRAIN, margin=0.05))
    assert not gate.passed
    assert gate.reasons == (f"macro-F1 {gate.before:.3f} became {gate.after:.3f}, where +0.050 is needed",)


def test_a_class_that_gets_worse_among_the_published_reports_is_refused(held_out):
    labels, confirmed, before = held_out
    after = labels.copy()
    after[0] = 1
    gate = judged(labels, confirmed, logits_of(before), logits_of(after))
    assert gate.after > gate.before + RETRAIN.margin
    assert set(gate.worse) == {"Normal", "Abnormal heartbeat"}
    assert not gate.passed


def test_few_confirmed_reports_are_refused(held_out):
    labels, _, before = held_out
    confirmed = np.arange(80) >= 79
    assert "1 confirmed reports" in judged(labels, confirmed, logits_of(before), logits_of(labels)).reasons[0]


def test_promoted_weights_can_be_rolled_back(tmp_path):
    folder, new = tmp_path / "weights", tmp_path / "new"
    for place, content in ((folder, "old"), (new, "new")):
        place.mkdir()
        for ending in ("keras", "json"):
            (place / f"cnn.{ending}").write_text(f"{content} {ending}")
    promote("cnn", new / "cnn.keras", new / "cnn.json", folder)
    assert (folder / "cnn.keras").read_text() == "new keras"
    assert roll_back(folder) == ["cnn"]
    assert [(folder / f"cnn.{ending}").read_text() for ending in ("keras", "json")] == ["old keras", "old json"]
    assert roll_back(folder) == []


@pytest.mark.parametrize("place", ["mysql://host/base", "sqlite://", "no://t", "/there/is/none.sqlite", "x.jsonl"])
def test_what_is_no_store_is_refused(place):
    with pytest.raises(StoreError):
        kept_readings(place)


def test_a_database_without_readings_is_refused_and_stays_as_it_was(tmp_path):
    file = tmp_path / "other.sqlite"
    file.write_bytes(b"")
    with pytest.raises(StoreError, match="cannot be read"):
        kept_readings(str(file))
    assert file.read_bytes() == b""


def test_a_password_is_in_no_message():
    with pytest.raises(StoreError) as refused:
        kept_readings("postgresql://me:secret@127.0.0.1:1/none")
    assert "secret" not in str(refused.value)
