"""Metrics of beats agree with hand-counted ones, intervals contain them, and class priors are corrected."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.beats.scoring import MACRO_F1_CLASSES, beat_metrics, prior_corrected
from models.beats.tasks import Split, Task
from models.scoring import bootstrap
from models.scoring.metrics import accuracy, macro_f1

CLASSES = ("F", "N", "Q", "S", "V")
LABELS = np.array([0, 0, 0, 1, 1, 2])
PREDICTED = np.eye(5)[[0, 0, 1, 1, 2, 2]]


def task_of(label, train, priors):
    part = Split(np.array(train), np.array([], int))
    none = np.empty((len(label), 0))
    return Task("five", CLASSES, none, np.array(label), np.empty(0), (part,), np.array(priors), none)


def some(n, seed=0, sharpness=1.0):
    """Draw labels, all classes among them, and probabilities that are mostly right."""
    rng = np.random.default_rng(seed)
    labels = np.concatenate([np.arange(5), rng.integers(5, size=n - 5)])
    predicted = rng.dirichlet(np.ones(5), n) + sharpness * np.eye(5)[labels] * rng.random((n, 1))
    return labels, predicted / predicted.sum(axis=1, keepdims=True)


def test_metrics_by_hand():
    metrics = beat_metrics(LABELS, PREDICTED, CLASSES)
    assert metrics["n"] == 6
    assert metrics["accuracy"]["value"] == round(4 / 6, 4)
    # Of F, N and Q, which occur; S and V do not.
    assert metrics["macro_f1"]["value"] == round(np.mean([0.8, 0.5, 2 / 3]), 4)
    assert metrics["confusion"][:3] == [[2, 1, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 1, 0, 0]]
    assert metrics["classes"]["N"]["recall"] == 0.5
    assert metrics["classes"]["F"]["n"] == 3
    # An undefined figure is null: JSON has no NaN.
    assert metrics["classes"]["V"]["recall"] is None
    assert json.loads(json.dumps(metrics, allow_nan=False)) == metrics


def test_macro_f1_averages_over_the_named_classes():
    metrics = beat_metrics(LABELS, PREDICTED, CLASSES, averaged=("F", "N"))
    assert metrics["macro_f1"]["value"] == round(np.mean([0.8, 0.5]), 4)
    assert "Q" not in MACRO_F1_CLASSES
    assert set(MACRO_F1_CLASSES) < set(CLASSES)


@settings(max_examples=10)
@given(st.integers(20, 200), st.integers(0, 1000), st.booleans())
def test_perfect_predictions_score_one_throughout(n, seed, grouped):
    labels, _ = some(n, seed)
    metrics = beat_metrics(labels, np.eye(5)[labels], CLASSES, np.arange(n) // 4 if grouped else None)
    for name in ("accuracy", "macro_f1"):
        assert metrics[name] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert np.trace(metrics["confusion"]) == n
    assert all(one["f1"] == one["auroc"] == one["average_precision"] == 1 for one in metrics["classes"].values())


@settings(max_examples=15)
@given(st.integers(100, 400), st.integers(0, 1000), st.booleans())
def test_confusions_add_up_and_intervals_contain_their_values(n, seed, grouped):
    labels, predicted = some(n, seed)
    metrics = beat_metrics(
        labels, predicted, CLASSES, np.random.default_rng(seed).integers(20, size=n) if grouped else None
    )
    counts = np.array(metrics["confusion"])
    assert counts.sum() == metrics["n"] == n
    assert counts.sum(axis=1).tolist() == np.bincount(labels, minlength=5).tolist()
    assert metrics["accuracy"]["value"] == round(accuracy(labels, predicted), 4)
    assert metrics["macro_f1"]["value"] == round(macro_f1(labels, predicted), 4)
    for name in ("accuracy", "macro_f1"):
        one = metrics[name]
        assert 0 <= one["low"] <= one["value"] <= one["high"] <= 1
        assert 0 < one["high"] - one["low"] < 0.5


@pytest.mark.parametrize("groups_n", [None, 12])
def test_intervals_are_those_of_bootstrap_resamples_of_pictures_or_groups(groups_n):
    labels, predicted = some(600)
    # Groups of beats that are predicted alike, as a patient's are.
    group = (
        np.arange(600) if groups_n is None else np.argsort(np.argsort(predicted[np.arange(600), labels])) * 12 // 600
    )
    found = beat_metrics(labels, predicted, CLASSES, None if groups_n is None else group)["accuracy"]
    low, high = bootstrap.interval(lambda at: accuracy(labels[at], predicted[at]), group, draws=300)
    assert (found["low"], found["high"]) == (pytest.approx(low, abs=0.03), pytest.approx(high, abs=0.03))
    assert (high - low > 0.2) == (groups_n is not None)


@settings(max_examples=20)
@given(st.lists(st.floats(0.05, 1), min_size=5, max_size=5))
def test_probabilities_stay_where_the_training_set_has_the_priors(weights):
    label = np.repeat(np.arange(5), np.rint(20 * np.array(weights)).astype(int))
    priors = np.bincount(label, minlength=5) / len(label)
    _, predicted = some(30)
    found = prior_corrected(predicted, task_of(label, np.arange(len(label)), priors))
    np.testing.assert_allclose(found, predicted, atol=1e-6)


def test_an_overrepresented_class_is_corrected_by_hand():
    # V is half of the training set and a tenth of all beats; N is the other half and nine tenths.
    task = task_of([1] * 5 + [4] * 5, range(10), [0, 0.9, 0, 0, 0.1])
    found = prior_corrected(np.array([[0, 0.4, 0, 0, 0.6], [0, 0.05, 0, 0, 0.95]]), task)
    np.testing.assert_allclose(found[0], [0, 0.36 / 0.42, 0, 0, 0.06 / 0.42])
    assert found.argmax(axis=1).tolist() == [1, 4]
    np.testing.assert_allclose(found.sum(axis=1), 1)
