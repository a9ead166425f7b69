"""Figures of beats agree with hand-counted ones, their intervals hold them, and common classes weigh as they should."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.beats.scoring import COUNTED, figures, reweighed
from models.beats.tasks import Part, Task
from models.scoring import bootstrap
from models.scoring.metrics import accuracy, macro_f1

CLASSES = ("F", "N", "Q", "S", "V")
LABELS = np.array([0, 0, 0, 1, 1, 2])
SAID = np.eye(5)[[0, 0, 1, 1, 2, 2]]


def task_of(label, taught, shares):
    part = Part(np.array(taught), np.array([], int))
    none = np.empty((len(label), 0))
    return Task("five", CLASSES, none, np.array(label), np.empty(0), (part,), np.array(shares), none)


def some(n, seed=0, sharpness=1.0):
    """Draw labels, all classes among them, and probabilities that are right more often than not."""
    rng = np.random.default_rng(seed)
    labels = np.concatenate([np.arange(5), rng.integers(5, size=n - 5)])
    said = rng.dirichlet(np.ones(5), n) + sharpness * np.eye(5)[labels] * rng.random((n, 1))
    return labels, said / said.sum(axis=1, keepdims=True)


def test_by_hand():
    told = figures(LABELS, SAID, CLASSES)
    assert told["n"] == 6
    assert told["accuracy"]["value"] == round(4 / 6, 4)
    # Of F, N and Q, which occur; S and V do not.
    assert told["macro_f1"]["value"] == round(np.mean([0.8, 0.5, 2 / 3]), 4)
    assert told["confusion"][:3] == [[2, 1, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 1, 0, 0]]
    assert told["classes"]["N"]["recall"] == 0.5
    assert told["classes"]["F"]["n"] == 3
    # What cannot be told is null, which JSON has, and not NaN, which it has not.
    assert told["classes"]["V"]["recall"] is None
    assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_only_the_counted_classes_make_the_mean():
    told = figures(LABELS, SAID, CLASSES, counted=("F", "N"))
    assert told["macro_f1"]["value"] == round(np.mean([0.8, 0.5]), 4)
    assert "Q" not in COUNTED
    assert set(COUNTED) < set(CLASSES)


@settings(max_examples=10)
@given(st.integers(20, 200), st.integers(0, 1000), st.booleans())
def test_the_truth_itself_is_one_throughout(n, seed, grouped):
    labels, _ = some(n, seed)
    told = figures(labels, np.eye(5)[labels], CLASSES, np.arange(n) // 4 if grouped else None)
    for name in ("accuracy", "macro_f1"):
        assert told[name] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert np.trace(told["confusion"]) == n
    assert all(one["f1"] == one["auroc"] == one["average_precision"] == 1 for one in told["classes"].values())


@settings(max_examples=15)
@given(st.integers(100, 400), st.integers(0, 1000), st.booleans())
def test_confusions_sum_up_and_intervals_hold_their_values(n, seed, grouped):
    labels, said = some(n, seed)
    told = figures(labels, said, CLASSES, np.random.default_rng(seed).integers(20, size=n) if grouped else None)
    counts = np.array(told["confusion"])
    assert counts.sum() == told["n"] == n
    assert counts.sum(axis=1).tolist() == np.bincount(labels, minlength=5).tolist()
    assert told["accuracy"]["value"] == round(accuracy(labels, said), 4)
    assert told["macro_f1"]["value"] == round(macro_f1(labels, said), 4)
    for name in ("accuracy", "macro_f1"):
        one = told[name]
        assert 0 <= one["low"] <= one["value"] <= one["high"] <= 1
        assert 0 < one["high"] - one["low"] < 0.5


@pytest.mark.parametrize("groups_n", [None, 12])
def test_intervals_are_those_of_pictures_or_groups_drawn_again_and_again(groups_n):
    labels, said = some(600)
    # Groups that are of one kind each: whole patients are right or wrong.
    group = np.arange(600) if groups_n is None else np.argsort(np.argsort(said[np.arange(600), labels])) * 12 // 600
    found = figures(labels, said, CLASSES, None if groups_n is None else group)["accuracy"]
    low, high = bootstrap.interval(lambda at: accuracy(labels[at], said[at]), group, draws=300)
    assert (found["low"], found["high"]) == (pytest.approx(low, abs=0.03), pytest.approx(high, abs=0.03))
    assert (high - low > 0.2) == (groups_n is not None)


@settings(max_examples=20)
@given(st.lists(st.floats(0.05, 1), min_size=5, max_size=5))
def test_classes_taught_as_they_occur_are_left_as_they_are(weights):
    label = np.repeat(np.arange(5), np.rint(20 * np.array(weights)).astype(int))
    shares = np.bincount(label, minlength=5) / len(label)
    _, said = some(30)
    found = reweighed(said, task_of(label, np.arange(len(label)), shares))
    np.testing.assert_allclose(found, said, atol=1e-6)


def test_a_class_taught_too_often_is_said_less_by_hand():
    # Half of those taught are of V, of all beats a tenth; N the other way round.
    task = task_of([1] * 5 + [4] * 5, range(10), [0, 0.9, 0, 0, 0.1])
    found = reweighed(np.array([[0, 0.4, 0, 0, 0.6], [0, 0.05, 0, 0, 0.95]]), task)
    np.testing.assert_allclose(found[0], [0, 0.36 / 0.42, 0, 0, 0.06 / 0.42])
    assert found.argmax(axis=1).tolist() == [1, 4]
    np.testing.assert_allclose(found.sum(axis=1), 1)
