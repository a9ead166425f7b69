"""Calibration pulses, drawn as masks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preprocessing.leads.pulses import find_pulses
from preprocessing.leads.runs import vertical_runs

HEIGHT, WIDTH, PEN = 600, 900, 2


def page_of(baselines, left=30, width=12, heights=None):
    """Draw rows of level trace, each with a pulse before it."""
    mask = np.zeros((HEIGHT, WIDTH), dtype=bool)
    for baseline, high in zip(baselines, heights or [40] * len(baselines), strict=True):
        top = baseline - high
        mask[baseline : baseline + PEN, left - 6 : left] = True
        mask[top : baseline + PEN, left : left + PEN] = True
        mask[top : top + PEN, left : left + width] = True
        mask[top : baseline + PEN, left + width - PEN : left + width] = True
        mask[baseline : baseline + PEN, left + width : left + width + 6] = True
        mask[baseline : baseline + PEN, 70:850] = True
    return mask


def pulses_of(mask):
    return find_pulses(vertical_runs(mask), HEIGHT)


@given(high=st.integers(20, 60), left=st.sampled_from([20, 860]), share=st.floats(0.3, 1.0), rows=st.integers(3, 6))
def test_pulses_give_their_place_height_and_baselines(high, left, share, rows):
    baselines = [100 + 90 * row for row in range(rows)]
    width = max(8, round(share * high))
    found = pulses_of(page_of(baselines, left, width if left < 800 else min(width, 38), [high] * rows))
    assert found is not None
    assert left <= found.left < left + PEN
    assert found.right > found.left
    assert found.height_px == pytest.approx(high, abs=1)
    np.testing.assert_allclose(found.baselines, np.array(baselines) + (PEN - 1) / 2, atol=1)


@pytest.mark.parametrize(
    "mask",
    [
        page_of([100, 200]),
        page_of([100, 200, 300, 400], heights=[20, 30, 45, 60]),
        page_of([100, 200, 300, 400], heights=[2, 2, 2, 2]),
        page_of([]),
    ],
    ids=["only two", "unlike heights", "too low", "nothing"],
)
def test_other_shapes_are_no_pulses(mask):
    assert pulses_of(mask) is None


def test_edges_without_a_top_are_no_pulse():
    mask = page_of([100, 200, 300, 400])
    for baseline in (100, 200, 300, 400):
        mask[baseline - 40 : baseline - 40 + PEN, 32:40] = False
    assert pulses_of(mask) is None


def test_aligned_qrs_complexes_of_different_heights_are_ignored():
    mask = page_of([100, 200, 300, 400])
    for baseline, high in zip((100, 200, 300, 400), (70, 25, 50, 35), strict=True):
        mask[baseline - high : baseline, 300:302] = True
        mask[baseline - high : baseline, 310:312] = True
    found = pulses_of(mask)
    assert found.right < 45
    assert found.height_px == pytest.approx(40, abs=1)
