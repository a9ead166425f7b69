"""Vertical runs of a mask of ink."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from preprocessing.leads.runs import vertical_runs


@given(arrays(bool, st.tuples(st.integers(1, 30), st.integers(1, 30))))
def test_runs_contain_all_ink_exactly_once(mask):
    runs = vertical_runs(mask)
    again = np.zeros_like(mask)
    for x, top, bottom in zip(runs.x, runs.top, runs.bottom, strict=True):
        assert not again[top : bottom + 1, x].any()
        assert top == 0 or not mask[top - 1, x]
        assert bottom == mask.shape[0] - 1 or not mask[bottom + 1, x]
        again[top : bottom + 1, x] = True
    assert np.array_equal(again, mask)
    assert runs.length.sum() == mask.sum()
