"""The ink mask and its vertical runs."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from preprocessing.ink import ink_mask, vertical_runs


@given(arrays(bool, st.tuples(st.integers(1, 30), st.integers(1, 30))))
def test_runs_hold_all_ink_once(mask):
    runs = vertical_runs(mask)
    again = np.zeros_like(mask)
    for x, top, bottom in zip(runs.x, runs.top, runs.bottom, strict=True):
        assert not again[top : bottom + 1, x].any()
        assert top == 0 or not mask[top - 1, x]
        assert bottom == mask.shape[0] - 1 or not mask[bottom + 1, x]
        again[top : bottom + 1, x] = True
    assert np.array_equal(again, mask)
    assert runs.length.sum() == mask.sum()


def test_black_is_ink_and_a_coloured_grid_is_not():
    rgb = np.full((10, 10, 3), 255, dtype=np.uint8)
    rgb[2, :4] = 20
    rgb[5, :] = (255, 120, 120)
    rgb[7, :] = (60, 90, 220)
    mask = ink_mask(rgb, px_per_mm=8)
    assert mask.sum() == 4
    assert mask[2, :4].all()


def test_a_pale_stroke_is_ink_on_a_coarse_page_alone():
    rgb = np.full((10, 10, 3), 255, dtype=np.uint8)
    rgb[4] = 125
    assert ink_mask(rgb, px_per_mm=4).sum() == 10
    assert not ink_mask(rgb, px_per_mm=8).any()
