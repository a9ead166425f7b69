"""Residuals of the limb-lead laws, on limb leads of one heart and on other traces."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preprocessing.leads.arrangement import arrange
from preprocessing.leads.columns import Columns
from preprocessing.leads.layout import LAYOUTS, LeadBox, boxes_between
from preprocessing.leads.limb_law import law_residual, leads_change, residual_on_page, rough_trace
from preprocessing.leads.rows import Rows, row_edges
from preprocessing.leads.runs import vertical_runs
from preprocessing.leads.search_config import ARRANGEMENT
from preprocessing.limb_leads import OF_I_AND_II
from preprocessing.page import Page

CABRERA = ("aVL", "I", "-aVR", "II", "aVF", "III")
STANDARD = ("I", "II", "III", "aVR", "aVL", "aVF")


def limb_leads(seed, size=300):
    """Return all limb leads of a heart that is at rest between beats, with another vector in each part of a beat."""
    rng = np.random.default_rng(seed)
    first, second = np.zeros((2, size))
    for beat in range(20, size - 20, 70):
        for part in range(4):
            shape = np.hanning(9) * rng.uniform(5, 30)
            turn = rng.uniform(0, 2 * np.pi)
            first[beat + 8 * part : beat + 8 * part + 9] += np.cos(turn) * shape
            second[beat + 8 * part : beat + 8 * part + 9] += np.sin(turn) * shape
    return {lead: one * first + two * second for lead, (one, two) in OF_I_AND_II.items()}


@given(st.integers(0, 999), st.sets(st.sampled_from(STANDARD), min_size=3))
def test_true_limb_leads_have_no_residual(seed, names):
    leads = limb_leads(seed)
    assert law_residual({name: leads[name] + 40 for name in names}) == pytest.approx(0, abs=1e-5)


def test_the_inverted_lead_of_cabrera_is_a_limb_lead():
    leads = limb_leads(4)
    assert law_residual({name: leads[name] for name in CABRERA}) == pytest.approx(0, abs=1e-5)
    assert law_residual({name: leads[name.strip("-")] for name in CABRERA}) > ARRANGEMENT.law_holds


def test_unrelated_traces_have_a_residual_of_one():
    rng = np.random.default_rng(1)
    for count in (3, 4, 6):
        broken = [
            law_residual(dict(zip(STANDARD[:count], rng.standard_normal((count, 400)), strict=True))) for _ in range(20)
        ]
        assert np.mean(broken) == pytest.approx(1, abs=0.05)


def test_leads_in_the_wrong_order_break_the_law():
    leads = limb_leads(7)
    residuals = [
        law_residual(dict(zip(STANDARD, (leads[name] for name in order), strict=True)))
        for order in itertools.permutations(STANDARD)
    ]
    right = law_residual({name: leads[name] for name in STANDARD})
    assert right == pytest.approx(min(residuals))
    # Some permutations of the six names still fit, but few.
    assert np.mean(np.array(residuals) > ARRANGEMENT.law_holds) > 0.9
    assert max(residuals) > ARRANGEMENT.law_fails


def test_gaps_are_skipped_and_too_few_columns_give_no_verdict():
    leads = {name: limb_leads(2)[name].copy() for name in ("I", "II", "III")}
    leads["II"][50:150] = np.nan
    assert law_residual(leads) == pytest.approx(0, abs=1e-5)
    leads["II"][15:] = np.nan
    assert np.isnan(law_residual(leads))


def test_flat_traces_have_no_residual():
    assert law_residual({name: np.zeros(50) for name in STANDARD}) == 0


def box_of(left, right, top=0.0, bottom=40.0, lead="I", role="12-lead"):
    return LeadBox(lead, role, left, top, right, bottom)


def test_a_rough_trace_is_the_middle_of_the_ink_upwards():
    mask = np.zeros((40, 30), dtype=bool)
    mask[20, 2:28] = True
    mask[10:13, 15] = True
    mask[20, 15] = mask[20, 5] = False
    trace = rough_trace(vertical_runs(mask), box_of(0, 30))
    assert trace.shape == (30,)
    assert np.isnan(trace[[0, 1, 5, 28, 29]]).all()
    assert trace[15] == 9
    assert np.all(trace[[2, 14, 27]] == 0)


def test_a_rough_trace_of_an_empty_box_is_nan():
    runs = vertical_runs(np.zeros((40, 30), dtype=bool))
    assert np.isnan(rough_trace(runs, box_of(3, 20))).all()
    assert rough_trace(runs, box_of(20, 20)).size == 0


def page_runs(name, order, seed=3, columns=2):
    """Draw the limb leads of an order as rows, a hundred pixels apart."""
    leads = limb_leads(seed, 300)
    scale = 35 / max(np.abs(trace - np.median(trace)).max() for trace in leads.values())
    form = LAYOUTS[name]
    baselines = 60.0 + 100 * np.arange(form.rows)
    mask = np.zeros((100 * form.rows + 60, 300 * columns), dtype=bool)
    for row, lead in enumerate(order):
        y = baselines[row] - scale * (leads[lead] - np.median(leads[lead]))
        mask[np.rint(y).astype(int), np.arange(300)] = True
    return vertical_runs(mask), boxes_between(
        name, np.linspace(0, 300 * columns, form.columns + 1), row_edges(baselines)
    )


@pytest.mark.parametrize(("name", "order"), [("6x2", STANDARD), ("6x2 Cabrera", CABRERA)])
def test_on_a_page_the_law_holds_only_in_the_printed_order(name, order):
    other = {"6x2": "6x2 Cabrera", "6x2 Cabrera": "6x2"}[name]
    runs, boxes = page_runs(name, order)
    assert residual_on_page(runs, boxes) < 0.15
    assert residual_on_page(runs, page_runs(other, order)[1]) > ARRANGEMENT.law_holds


@pytest.mark.parametrize(("printed", "other"), [("3x4+1", "3x4+1 Cabrera"), ("3x4+1 Cabrera", "3x4+1")])
@pytest.mark.parametrize("seed", range(4))
def test_three_limb_leads_speak_for_one_order_alone(printed, other, seed):
    first = [row[0] for row in LAYOUTS[printed].grid]
    runs, _ = page_runs(printed, first, seed, columns=4)
    rows = Rows(60.0 + 100 * np.arange(4), np.zeros(4), np.full(4, 1200.0))
    columns = Columns(tuple(np.linspace(0.0, 1200.0, 5).tolist()), False, True)
    page = Page(np.full((20, 20, 3), 255, np.uint8), 4.8, 4.8, "grid")
    laws = {name: arrange(name, page, runs, rows, columns, None, True).checks["law"] for name in (printed, other)}
    assert laws[printed] is True
    assert laws[other] is not True


def test_leads_of_other_moments_are_not_compared():
    # On a 3x4 page only I, II and III stand in the first column.
    runs, boxes = page_runs("3x4+1", ("I", "II", "III"), columns=4)
    assert residual_on_page(runs, boxes) < 0.15


def two_columns(name, first, second, seed=3):
    """Draw rows whose leads change in the middle of the page or continue."""
    leads = limb_leads(seed, 600)
    rng = np.random.default_rng(seed)
    leads |= {
        f"V{number}": np.convolve(rng.standard_normal(620), np.hanning(21), "valid") * 8 for number in range(1, 7)
    }
    baselines = 60.0 + 100 * np.arange(6)
    mask = np.zeros((680, 600), dtype=bool)
    for baseline, left, right in zip(baselines, first, second, strict=True):
        mv = np.concatenate([leads[left][:300], leads[right][300:]])
        mask[np.rint(baseline - np.clip(mv, -45, 45)).astype(int), np.arange(600)] = True
    return vertical_runs(mask), boxes_between(
        name, np.linspace(0, 600, LAYOUTS[name].columns + 1), row_edges(baselines)
    )


CHEST = tuple(f"V{number}" for number in range(1, 7))


def test_limb_leads_that_continue_over_the_whole_width_are_half_a_page():
    assert leads_change(*two_columns("6x2", STANDARD, STANDARD)) is False
    assert leads_change(*two_columns("6x2", STANDARD, CHEST)) is None


def test_a_change_of_leads_is_not_tested_in_cabreras_order():
    # Chest leads turn by even steps, as Cabrera's limb leads do.
    assert leads_change(*two_columns("6x2 Cabrera", CABRERA, CABRERA)) is None


def test_a_page_of_one_column_gives_no_verdict_on_a_change():
    runs, boxes = two_columns("6x2", STANDARD, CHEST)
    assert leads_change(runs, tuple(box for box in boxes if box.left == 0)) is None
