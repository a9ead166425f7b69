"""Arrangements: every layout, complete, within what was recorded."""

from collections import Counter

import numpy as np
import pytest

from sample_images.endless.arrangement import LAYOUT_ROWS, Arrangement, arrange, lead_signal
from sample_images.leads import LEADS


@pytest.fixture(scope="module")
def many() -> list[Arrangement]:
    return [arrange(np.random.default_rng(seed), 10.0, 5.0, 20.0) for seed in range(500)]


def test_every_layout_occurs(many: list[Arrangement]) -> None:
    assert {plan.layout.split("+")[0] for plan in many} == set(LAYOUT_ROWS)
    assert {"3x4", "3x4+1", "3x4+2", "3x4+3", "6x2+1"} <= {plan.layout for plan in many}


def test_each_lead_is_printed_once_beside_its_strips(many: list[Arrangement]) -> None:
    for plan in many:
        leads = Counter(cell.lead.removeprefix("-") for cell in plan.cells if cell.role == "12-lead")
        assert leads == Counter(LEADS)
        strips = sum(cell.role == "rhythm" for cell in plan.cells)
        assert plan.layout.endswith(f"+{strips}") if strips else "+" not in plan.layout


def test_cells_lie_within_the_recording_and_their_columns(many: list[Arrangement]) -> None:
    for plan in many:
        for cell in plan.cells:
            assert 0 <= cell.start_s < cell.end_s <= 10.0 + 1e-9
            assert cell.x_mm + (cell.end_s - cell.start_s) * cell.speed_mm_s <= plan.right_mm + 1e-6


def test_rows_stand_10_to_45_mm_apart(many: list[Arrangement]) -> None:
    assert min(plan.pitch_mm for plan in many) >= 10
    assert 35 < max(plan.pitch_mm for plan in many) <= 45


def test_an_inverted_lead_is_printed_inverted(many: list[Arrangement]) -> None:
    recording = np.random.default_rng(0).normal(size=(12, 5000))
    cell = next(cell for plan in many for cell in plan.cells if cell.lead == "-aVR")
    times, samples = lead_signal(cell, recording, 500.0)
    assert len(times) == len(samples)
    first = round(cell.start_s * 500)
    np.testing.assert_array_equal(samples, -recording[3, first : first + len(samples)])
