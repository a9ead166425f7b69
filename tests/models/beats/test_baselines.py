"""Baselines are scored as networks are, and the simplest predicts the largest class for every picture."""

import numpy as np
import pytest

from models.beats.baselines import BASELINES, CONSTANT, baseline_features, fit_baseline, run_baseline
from models.beats.published import baseline_results
from models.beats.six_classes import read_six_classes
from models.beats.tasks import KINDS, six_published


@pytest.mark.parametrize("kind", KINDS)
def test_features_average_what_a_picture_shows(kind):
    pictures = np.random.default_rng(0).integers(0, 256, (3, 128, 192), np.uint8)
    found = baseline_features(pictures, kind)
    assert found.shape == (3, 192 if kind == "trace" else 384)
    if kind != "trace":
        np.testing.assert_allclose(found.mean(), pictures.mean() / 255, atol=1e-3)


@pytest.mark.parametrize("name", [name for name in BASELINES if name != CONSTANT])
def test_a_baseline_separates_what_differs(name):
    rng = np.random.default_rng(0)
    label = rng.integers(0, 3, 300)
    features = (np.eye(4)[label] + 0.1 * rng.normal(size=(300, 4))).astype(np.float32)
    found = fit_baseline(name, features[:200], label[:200], 4)(features[200:])
    assert found.shape == (100, 4)
    assert (found.argmax(axis=1) == label[200:]).mean() > 0.9
    # The last class has no training pictures.
    assert not found[:, 3].any()


def test_the_constant_prediction_has_one_column_in_its_confusion_matrix(data):
    task = six_published(data, "trace", data)
    copies = read_six_classes(data).on_both_sides
    run = run_baseline(CONSTANT, task, np.zeros((len(task.label), 1), np.float32), "trace", copies)
    confusion = np.array(run["by_protocol"]["published split"]["confusion"])
    assert (confusion.sum(axis=0) > 0).sum() == 1


def test_every_baseline_is_published_on_every_kind_of_picture():
    found = [(run["kind"], run["task"], run["baseline"]) for run in baseline_results()]
    assert found == [
        (kind, task, name) for kind in KINDS for task in ("six_published", "six_patients") for name in BASELINES
    ]
