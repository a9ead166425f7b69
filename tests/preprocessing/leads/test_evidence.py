"""The evidence of a layout names what was found on the page, and a layout set by hand has none."""

import numpy as np
import pytest

from preprocessing.leads import layout_at
from tests.studies import study_of


@pytest.fixture(scope="module")
def layout():
    return study_of("edan_normal").layout


def test_a_row_of_evidence_lies_in_each_row_of_boxes(layout):
    rows = layout.boxes_by_row
    assert len(layout.evidence.baselines) == len(rows)
    for baseline, row in zip(layout.evidence.baselines, rows, strict=True):
        assert all(box.top < baseline < box.bottom for box in row)


def test_columns_are_those_of_the_boxes(layout):
    lefts = [box.left for box in layout.boxes_by_row[0]]
    assert np.allclose(layout.evidence.columns[:-1], lefts, atol=2)


def test_pulses_stand_on_the_baselines_and_one_millivolt_high(layout):
    page = study_of("edan_normal").page
    assert layout.evidence.pulses
    for _, top, _, bottom in layout.evidence.pulses:
        assert np.abs(np.array(layout.evidence.baselines) - bottom).min() < 0.5 * page.px_per_mm_y
        assert bottom - top == pytest.approx(10 * page.px_per_mm_y, rel=0.1)


def test_the_share_of_checks_is_the_confidence(layout):
    counted = [0.5 if check is None else float(check) for check in layout.evidence.checks.values()]
    assert layout.confidence == pytest.approx(np.mean(counted), abs=0.001)


def test_a_layout_by_hand_has_no_evidence():
    assert layout_at("3x4", (0, 100, 200, 300, 400), (0, 50, 100, 150)).evidence is None
