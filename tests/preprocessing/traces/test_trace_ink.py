"""The ink that paths follow, beside pulses and print."""

from __future__ import annotations

import numpy as np

from preprocessing.leads import layout_at
from preprocessing.traces.trace_ink import trace_ink

PX_PER_MM = 6.0
ROWS, COLUMNS, LEVEL, TOP = 240, 900, 150, 90
LAYOUT = layout_at("12x1", [20.0, 880.0], np.linspace(0, 12 * ROWS, 13).tolist())


def blank() -> np.ndarray:
    return np.zeros((12 * ROWS, COLUMNS), np.float32)


def test_the_foot_of_a_pulse_counts_as_the_trace_that_it_touches() -> None:
    trace, beside = blank(), blank()
    trace[LEVEL : LEVEL + 3, 60:880], trace[LEVEL : LEVEL + 3, 21:60] = 1, 0.3
    beside[LEVEL : LEVEL + 3, 21:60] = 0.6
    ink = trace_ink(trace, blank(), beside, LAYOUT, PX_PER_MM)
    assert ink[LEVEL + 1, 22:49].min() > 0.8


def test_the_top_of_a_pulse_is_no_trace() -> None:
    trace, beside = blank(), blank()
    trace[LEVEL : LEVEL + 3, 21:880] = 1
    trace[TOP : TOP + 3, 21:44], beside[TOP : TOP + 3, 21:44] = 0.1, 0.8
    ink = trace_ink(trace, blank(), beside, LAYOUT, PX_PER_MM)
    assert ink[TOP - 2 : TOP + 5, 22:40].max() == 0
    assert ink[LEVEL + 1, 22:880].min() == 1


def test_print_that_covers_a_trace_does_not_count() -> None:
    trace, printed = blank(), blank()
    trace[LEVEL, 21:880], printed[LEVEL, 300:310] = 1, 0.9
    trace[LEVEL, 300:310] = 0.4
    assert trace_ink(trace, printed, blank(), LAYOUT, PX_PER_MM)[LEVEL, 300:310].max() == 0
