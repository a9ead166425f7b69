"""Findings are calibrated, and their thresholds and figures follow from held-out logits."""

import numpy as np
import pytest

from models.classes import FINDINGS
from models.findings import calibration_of, figures_of


@pytest.fixture(scope="module")
def held_out():
    """Logits twice as far from 0 as they should be, and targets."""
    rng = np.random.default_rng(0)
    truth = rng.normal(-1, 2, (3000, len(FINDINGS)))
    targets = (rng.random(truth.shape) < 1 / (1 + np.exp(-truth))).astype(np.int8)
    targets[:200, 0] = -1
    return 2 * truth, targets


def test_probabilities_match_how_often_a_finding_is_present(held_out):
    logits, targets = held_out
    found = calibration_of(logits, targets).probabilities(logits)
    likely = (found[:, 3] > 0.6) & (found[:, 3] < 0.8)
    assert targets[likely, 3].mean() == pytest.approx(found[likely, 3].mean(), abs=0.06)


def test_a_finding_contradicts_normal_only_above_its_own_threshold(held_out):
    found = calibration_of(*held_out)
    assert all(certain >= present for certain, present in zip(found.certain_above, found.present_above, strict=True))


def test_figures_leave_out_unknown_targets(held_out):
    logits, targets = held_out
    figures = figures_of(logits, targets, np.arange(len(logits)) // 2)
    first = figures[FINDINGS[0]]
    assert first["n"] == 2800
    assert first["present"] == (targets[:, 0] == 1).sum()
    assert first["low"] < first["auroc"] < first["high"]
    assert figures["mean"]["auroc"] == pytest.approx(np.mean([figures[name]["auroc"] for name in FINDINGS]))
