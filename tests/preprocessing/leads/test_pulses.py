"""Calibration pulses, drawn as masks of the label of pulses."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preprocessing.leads.pulses import find_pulses

HEIGHT, WIDTH, PEN, PX_PER_MM = 600, 900, 2, 4.0
ROWS = [100, 200, 300, 400]


def pulses_at(baselines, left=30, width=12, heights=None, foot=6):
    """Draw a pulse on each baseline, with a foot on either side."""
    mask = np.zeros((HEIGHT, WIDTH), dtype=bool)
    for baseline, high in zip(baselines, heights or [40] * len(baselines), strict=True):
        top = baseline - high
        mask[baseline : baseline + PEN, left - foot : left] = True
        mask[top : baseline + PEN, left : left + PEN] = True
        mask[top : top + PEN, left : left + width] = True
        mask[top : baseline + PEN, left + width - PEN : left + width] = True
        mask[baseline : baseline + PEN, left + width : left + width + foot] = True
    return mask


@settings(max_examples=15)
@given(
    high=st.integers(20, 60),
    left=st.sampled_from([20, 400, 820]),
    share=st.floats(0.3, 1.0),
    rows=st.integers(1, 6),
    foot=st.sampled_from([0, 6, 20]),
)
def test_pulses_give_their_place_height_and_baselines(high, left, share, rows, foot):
    baselines = [100 + 90 * row for row in range(rows)]
    width = max(8, round(share * high))
    found = find_pulses(pulses_at(baselines, left, width, [high] * rows, foot), PX_PER_MM)
    assert found is not None
    assert left <= found.left < left + PEN
    assert left + width - PEN <= found.right < left + width
    assert found.height_px == pytest.approx(high, abs=1)
    np.testing.assert_allclose(found.baselines, np.array(baselines) + (PEN - 1) / 2, atol=1)


def test_one_pulse_for_the_whole_page_is_enough():
    found = find_pulses(pulses_at([300]), PX_PER_MM)
    assert found.baselines.tolist() == [300.5]
    assert found.height_px == pytest.approx(40, abs=1)


def test_pulses_on_both_sides_give_one_side_with_all_rows():
    found = find_pulses(pulses_at(ROWS) | pulses_at(ROWS, left=840), PX_PER_MM)
    np.testing.assert_allclose(found.baselines, np.array(ROWS) + 0.5, atol=1)
    assert found.right - found.left < 15


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_piece_of_trace_that_touches_a_foot_changes_nothing(side):
    mask = pulses_at(ROWS)
    for baseline in ROWS:
        at = slice(48, 60) if side == "right" else slice(12, 24)
        mask[baseline : baseline + PEN, at] = True
    found, alone = find_pulses(mask, PX_PER_MM), find_pulses(pulses_at(ROWS), PX_PER_MM)
    assert (found.left, found.right, found.height_px) == (alone.left, alone.right, alone.height_px)
    np.testing.assert_array_equal(found.baselines, alone.baselines)


@pytest.mark.parametrize(
    "mask",
    [pulses_at(ROWS, heights=[8, 8, 8, 8]), pulses_at([])],
    ids=["too low", "nothing"],
)
def test_other_shapes_are_no_pulses(mask):
    assert find_pulses(mask, PX_PER_MM) is None


def test_pulses_of_one_height_outvote_others():
    found = find_pulses(pulses_at(ROWS, heights=[40, 40, 40, 70]), PX_PER_MM)
    assert found.height_px == pytest.approx(40, abs=1)
    np.testing.assert_allclose(found.baselines, np.array(ROWS[:3]) + 0.5, atol=1)


def test_edges_without_a_top_are_no_pulse():
    mask = pulses_at(ROWS)
    for baseline in ROWS:
        mask[baseline - 40 : baseline - 40 + PEN, 32:40] = False
    assert find_pulses(mask, PX_PER_MM) is None


def test_one_edge_alone_is_no_pulse():
    mask = np.zeros((HEIGHT, WIDTH), dtype=bool)
    mask[100:140, 30:32] = True
    assert find_pulses(mask, PX_PER_MM) is None


def test_a_step_downwards_is_no_pulse():
    assert find_pulses(pulses_at(ROWS)[::-1], PX_PER_MM) is None


def test_a_hole_of_a_pixel_does_not_break_a_pulse():
    mask = pulses_at(ROWS)
    for baseline in ROWS:
        mask[baseline - 20] = False
    found = find_pulses(mask, PX_PER_MM)
    assert found.height_px == pytest.approx(40, abs=1)
