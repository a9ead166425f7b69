"""The linear head: it is fitted on other folds alone, and the one that ships is the mean of the folds' heads."""

import numpy as np
import pytest

from models.classes import CLASSES
from models.evaluation.linear_head import LinearConfig, fit_linear, held_out_linear
from models.networks import COLUMNS_SHAPE, MEANS_N, LinearHead, column_means

FEW = LinearConfig(components=8)


@pytest.fixture(scope="module")
def reports():
    """Features in which each class has a direction of its own, with labels and folds."""
    rng = np.random.default_rng(0)
    labels = np.tile(np.arange(len(CLASSES)), 15)
    means = rng.normal(0, 1, (len(labels), MEANS_N)).astype(np.float32)
    means[:, :200] += 2 * np.repeat(np.eye(4)[labels], 50, axis=1).astype(np.float32)
    return means, labels, np.arange(len(labels)) // 4 % 3


def test_a_head_finds_the_classes_of_reports_it_was_not_fitted_on(reports):
    means, labels, folds = reports
    logits, head = held_out_linear(means, labels, folds, np.ones(len(labels), bool))
    assert (logits.argmax(axis=1) == labels).mean() > 0.8
    of_all = np.mean([fit_linear(means[folds != one], labels[folds != one]).kernel for one in range(3)], axis=0)
    np.testing.assert_allclose(head.kernel, of_all, atol=1e-6)


def test_the_labels_of_a_fold_do_not_change_its_own_logits(reports):
    means, labels, folds = reports
    before, _ = held_out_linear(means, labels, folds, np.ones(len(labels), bool))
    changed = np.where(folds == 1, (labels + 1) % 4, labels)
    after, _ = held_out_linear(means, changed, folds, np.ones(len(labels), bool))
    np.testing.assert_array_equal(before[folds == 1], after[folds == 1])
    assert np.abs(before[folds != 1] - after[folds != 1]).max() > 0.01


def test_features_of_another_scale_and_offset_give_the_same_logits(reports):
    means, labels, _ = reports
    usual, moved = fit_linear(means, labels, FEW), fit_linear(5 * means + 3, labels, FEW)
    np.testing.assert_allclose(
        means @ usual.kernel + usual.bias, (5 * means + 3) @ moved.kernel + moved.bias, atol=0.05
    )


def test_a_head_takes_the_maps_averaged_over_time():
    columns = np.zeros((2, *COLUMNS_SHAPE), np.float16)
    columns[1, 0, :4, 0] = 4
    assert column_means(columns)[:, 0].tolist() == [0, 1]
    kernel = np.zeros((MEANS_N, len(CLASSES)), np.float32)
    kernel[0] = (0, 1, 2, 3)
    assert LinearHead(kernel, np.ones(4, np.float32)).logits(columns).tolist() == [[1, 1, 1, 1], [1, 2, 3, 4]]


def test_a_head_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="fits no report"):
        LinearHead(np.zeros((7, 4), np.float32), np.zeros(4, np.float32))
