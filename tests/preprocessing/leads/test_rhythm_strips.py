"""Which leads the rhythm strips repeat."""

import numpy as np
import pytest

from preprocessing.leads.layout import LAYOUTS, boxes_between
from preprocessing.leads.rhythm_strips import named_strips
from preprocessing.leads.rows import row_edges
from preprocessing.leads.runs import vertical_runs
from preprocessing.lettering import PrintedName

WIDTH, PITCH = 800, 100


def signals(seed):
    """Return a different trace for each lead, in pixels over the whole width."""
    rng = np.random.default_rng(seed)
    leads = [lead for row in LAYOUTS["3x4"].grid for lead in row]
    return {lead: np.convolve(rng.standard_normal(WIDTH + 20), np.hanning(21), "valid") * 4 for lead in leads}


def page_of(name, strips, seed=0):
    """Draw a page on which each strip repeats a given lead."""
    traces = signals(seed)
    baselines = 60.0 + PITCH * np.arange(LAYOUTS[name].rows)
    boxes = boxes_between(name, np.linspace(0.0, WIDTH, LAYOUTS[name].columns + 1), row_edges(baselines))
    mask = np.zeros((PITCH * (len(baselines) + 1), WIDTH), dtype=bool)
    repeated = iter(strips)
    for box in boxes:
        lead = box.lead if box.role == "12-lead" else next(repeated)
        x = np.arange(round(box.left), round(box.right))
        y = (box.top + box.bottom) / 2 - traces[lead][x]
        mask[np.rint(y).astype(int), x] = True
    return boxes, vertical_runs(mask)


def strips_of(boxes):
    return [box.lead for box in boxes if box.role == "rhythm"]


@pytest.mark.parametrize("lead", ["I", "II", "III", "V1", "V3", "V6"])
def test_a_strip_is_the_lead_whose_trace_it_repeats(lead):
    boxes, runs = page_of("3x4+1", [lead])
    named = named_strips(boxes, runs, [], 0.0)
    assert strips_of(named) == [lead]
    assert [box.quad for box in named] == [box.quad for box in boxes]


def test_each_of_three_strips_is_named():
    boxes, runs = page_of("3x4+3", ["V2", "III", "V5"])
    assert strips_of(named_strips(boxes, runs, [], 0.0)) == ["V2", "III", "V5"]


def test_no_two_strips_have_the_same_name():
    boxes, runs = page_of("3x4+2", ["V1", "V1"])
    strips = strips_of(named_strips(boxes, runs, [], 0.0))
    assert strips[0] == "V1"
    assert strips[1] != "V1"


def test_a_strip_that_repeats_nothing_keeps_its_usual_name():
    boxes, runs = page_of("3x4+1", ["aVL"])
    assert strips_of(named_strips(boxes, runs, [], 0.0)) == ["II"]


def printed(lead, box, confidence=0.9, left=4.0, above=0.0):
    middle = (box.top + box.bottom) / 2 - above
    return PrintedName(lead, box.left + left, middle - 6, box.left + left + 20, middle + 6, confidence)


def test_a_printed_name_takes_precedence_over_the_trace():
    boxes, runs = page_of("3x4+1", ["II"])
    assert strips_of(named_strips(boxes, runs, [printed("V4", boxes[-1])], 0.0)) == ["V4"]


@pytest.mark.parametrize(
    "choices", [{"confidence": 0.3}, {"left": 400.0}, {"above": 80.0}], ids=["not sure", "far right", "another row"]
)
def test_a_name_that_is_not_at_the_strip_is_ignored(choices):
    boxes, runs = page_of("3x4+1", ["II"])
    assert strips_of(named_strips(boxes, runs, [printed("V4", boxes[-1], **choices)], 0.0)) == ["II"]


def test_names_above_their_rows_are_shifted_to_them():
    boxes, runs = page_of("3x4+1", ["II"])
    assert strips_of(named_strips(boxes, runs, [printed("V4", boxes[-1], above=80.0)], 80.0)) == ["V4"]


def test_pages_without_strips_or_ink_are_unchanged():
    boxes, runs = page_of("6x2", [])
    assert named_strips(boxes, runs, [], 0.0) == boxes
    boxes, _ = page_of("3x4+1", ["II"])
    assert named_strips(boxes, vertical_runs(np.zeros((500, WIDTH), dtype=bool)), [], 0.0) == boxes
