"""A complex that one lead lacks is named with its time; beats of another kind and small complexes are not."""

from dataclasses import replace

import numpy as np
import pytest

from preprocessing.measuring.heart_beats import find_beats
from preprocessing.measuring.lost_complexes import lost_complexes
from preprocessing.measuring.measurements import measure
from preprocessing.measuring.median_beat import median_beat
from preprocessing.traces import RATE_HZ
from sample_images import RHYTHMS, simulate
from tests.printed_traces import printed

PAGE = printed(simulate("normal-sinus", seed=4), "3x4+1")
BEATS = find_beats(PAGE)


def lost_in(traces):
    found = find_beats(traces)
    return lost_complexes(traces, found, median_beat(traces, found))


def with_complex(traces, key, nth, factor):
    """Multiply a lead's nth complex around its level."""
    changed = []
    for trace, start_s in zip(traces, BEATS.clock_s, strict=True):
        if trace.key == key:
            mv = trace.mv.copy()
            shown = [time_s for time_s in BEATS.times_s if 0.1 < time_s - start_s < mv.size / RATE_HZ - 0.1]
            middle = round((shown[nth] - start_s) * RATE_HZ)
            part = slice(middle - 40, middle + 40)
            mv[part] = np.linspace(mv[part.start], mv[part.stop], 80) + factor * (mv[part] - np.median(mv))
            trace = replace(trace, mv=mv)
        changed.append(trace)
    return changed


@pytest.mark.parametrize("key", ["V5", "II", "II_rhythm"])
@pytest.mark.parametrize("left", [0.0, 0.3])
def test_a_complex_that_one_lead_lacks_is_named_with_its_time(key, left):
    (notice,) = lost_in(with_complex(PAGE, key, 1, left))
    assert notice.code == "complex_lost"
    name = key.replace("_rhythm", " strip")
    assert f": {name} at " in notice.message
    assert notice.message.count(" at ") == 1


def test_a_page_on_which_a_complex_is_lost_says_so():
    measured = measure(with_complex(PAGE, "V5", 0, 0.0))
    assert "complex_lost" in [notice.code for notice in measured.notices]
    assert "complex_lost" not in [notice.code for notice in measure(PAGE).notices]


def test_a_complex_that_is_somewhat_lower_is_not_lost():
    assert not lost_in(with_complex(PAGE, "V5", 1, 0.6))


def test_a_complex_that_was_not_read_is_not_lost():
    traces = [
        replace(one, mv=np.where(np.arange(one.mv.size) < 900, np.float32(np.nan), one.mv)) if one.key == "V5" else one
        for one in PAGE
    ]
    assert not lost_in(traces)


@pytest.mark.parametrize("rhythm", [name for name in RHYTHMS if RHYTHMS[name].beat])
@pytest.mark.parametrize("layout", ["3x4+1", "6x2", "12x1"])
def test_no_rhythm_lacks_a_complex(rhythm, layout):
    for seed in range(4):
        assert not lost_in(printed(simulate(rhythm, seed=seed), layout)), seed
