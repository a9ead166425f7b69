"""The page: its ink lies where its ground truth has it, for every layout, speed and gain."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sample_images import (
    GRIDS,
    LAYOUTS,
    LEADS,
    Drawing,
    DrawnLead,
    PageStyle,
    Recording,
    draw_blank_grid,
    draw_document,
    draw_page,
    edan_style,
    simulate,
)

BARE = PageStyle(dpi=100, grid="none", names=False, texts=(), calibration="none", dividers="none")


def ink(drawing: Drawing) -> np.ndarray:
    return 1 - drawing.image.mean(axis=2) / 255


def ink_centre_px(dark: np.ndarray, lead: DrawnLead, nth: int) -> float:
    """Centre of the ink in the pixel column of one sample, near its row."""
    x, y = lead.trace_px[nth]
    top = max(round(y) - 4, 0)
    column = dark[top : round(y) + 5, round(x)]
    return float(top + (column * np.arange(column.size)).sum() / column.sum())


@settings(max_examples=12, deadline=None)
@given(
    layout=st.sampled_from([name for name in LAYOUTS if "12x1" not in name]),
    speed=st.sampled_from([25.0, 50.0]),
    gain=st.sampled_from([5.0, 10.0]),
    level_mv=st.floats(-0.4, 0.4),
)
def test_ink_of_a_level_lies_on_its_level(layout: str, speed: float, gain: float, level_mv: float) -> None:
    page = replace(BARE, layout=layout, speed_mm_s=speed, gain_mm_mv=gain)
    drawing = draw_page(Recording.from_array(np.full((12, 5000), level_mv), 500), page)
    dark = ink(drawing)
    for lead in drawing.leads:
        middle = len(lead.samples_mv) // 2
        (_, top), (_, bottom) = lead.quad[0], lead.quad[3]
        sign = -1 if lead.lead.startswith("-") else 1
        baseline = top + 0.5 * (bottom - top)
        wanted = baseline - sign * level_mv * gain * page.px_per_mm
        assert lead.trace_px[middle, 1] == pytest.approx(wanted, abs=1e-6)
        assert ink_centre_px(dark, lead, middle) == pytest.approx(wanted, abs=0.1)


@pytest.mark.parametrize("layout", ["3x4+1", "6x2", "12x1"])
def test_ink_of_a_heart_lies_on_its_samples(layout: str) -> None:
    drawing = draw_page(simulate("acute-anterior-infarction", seed=2), replace(BARE, layout=layout, dpi=200))
    dark = ink(drawing)
    for lead in drawing.leads:
        at = np.rint(lead.trace_px).astype(int)
        assert (dark[at[:, 1], at[:, 0]] > 0.5).all()
    # And no ink lies where no trace passes: every dark pixel is within the pen of some sample.
    rows, columns = np.nonzero(dark > 0.9)
    points = np.vstack([lead.trace_px for lead in drawing.leads])
    for row, column in list(zip(rows, columns, strict=True))[::997]:
        near = points[np.abs(points[:, 0] - column) <= 3]
        assert near[:, 1].min() - 4 <= row <= near[:, 1].max() + 4


def test_columns_follow_one_another_in_time() -> None:
    recording = simulate(seed=1)
    drawing = draw_page(recording, replace(BARE, layout="3x4+1"))
    v1 = next(lead for lead in drawing.leads if lead.lead == "V1")
    assert v1.start_s == 5.0
    np.testing.assert_array_equal(v1.samples_mv, recording.lead("V1")[2500:3750])
    strip = drawing.leads[-1]
    assert (strip.lead, strip.role, strip.start_s, strip.samples_mv.size) == ("II", "rhythm", 0.0, 5000)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_prints_twelve_leads_inside_the_page(name: str) -> None:
    drawing = draw_page(simulate(), replace(BARE, layout=name, dpi=60))
    printed = [lead.lead.removeprefix("-") for lead in drawing.leads if lead.role == "12-lead"]
    assert sorted(printed) == sorted(LEADS)
    height, width = drawing.image.shape[:2]
    corners = np.vstack([lead.quad for lead in drawing.leads])
    assert (corners >= 0).all()
    assert (corners <= (width, height)).all()


def test_cabreras_order_inverts_avr() -> None:
    recording = simulate(seed=4)
    drawing = draw_page(recording, replace(BARE, layout="cabrera-12x1"))
    turned = next(lead for lead in drawing.leads if lead.lead == "-aVR")
    np.testing.assert_array_equal(turned.samples_mv, -recording.lead("aVR"))


def test_the_edan_page_has_the_real_dimensions() -> None:
    drawing = draw_page(simulate(seed=1), edan_style())
    assert drawing.image.shape == (1572, 2213, 3)
    assert len(drawing.leads) == 13
    starts = sorted({round(float(lead.quad[0, 0])) for lead in drawing.leads})
    assert starts == [152, 644, 1136, 1628]
    # One millivolt of calibration stands on the first baseline, left of the trace.
    pulse = ink(drawing)[370:480, 90:140] > 0.8
    rows = np.nonzero(pulse.any(axis=1))[0]
    assert np.ptp(rows) == pytest.approx(78.74 + 2, abs=2)


def test_gaps_and_short_signals_leave_the_paper_empty() -> None:
    signals = np.zeros((12, 500))
    signals[:, 100:200] = np.nan
    drawing = draw_page(Recording.from_array(signals, 100), replace(BARE, layout="12x1"))
    dark = ink(drawing)
    lead = drawing.leads[0]
    y = round(float(np.nanmean(lead.trace_px[:, 1])))
    gap, end = (round(float(lead.trace_px[nth, 0])) for nth in (98, 498))
    gap_end = round(float(lead.trace_px[201, 0]))
    assert dark[y, gap] > 0.5
    assert dark[y, gap + 4 : gap_end - 4].max() == 0
    assert dark[y, end + 5 :].max() == 0
    assert json.loads(drawing.truth_json(with_samples=True))["leads"][0]["samples_mv"][150] is None


@pytest.mark.parametrize("grid", GRIDS)
def test_grids_repeat_every_five_millimetres(grid: str) -> None:
    image = draw_blank_grid(PageStyle(grid=grid, dpi=127)).image[150:900, 50:1300].astype(int)
    np.testing.assert_array_equal(image[:, :-25], image[:, 25:])
    np.testing.assert_array_equal(image[:-25], image[25:])
    assert (np.ptp(image) > 20) == (grid != "none")


def test_truth_is_ready_for_json_and_names_its_source() -> None:
    drawing = draw_page(simulate("atrial-fibrillation", seed=9), replace(BARE, layout="6x2+1"))
    truth = json.loads(drawing.truth_json())
    assert truth["drawn_by"] == "sample_images"
    assert (truth["class"], truth["layout"]) == ("Abnormal heartbeat", "6x2+1")
    assert (truth["rhythm"], truth["seed"]) == ("atrial-fibrillation", 9)
    assert truth["px_per_mm"] == pytest.approx(100 / 25.4, abs=1e-3)
    assert truth["heart_rate_bpm"] == pytest.approx(drawing.heart_rate_bpm, abs=0.05)
    assert [set(lead) for lead in truth["leads"]] == [{"lead", "role", "quad", "start_s"}] * 13
    assert truth == drawing.to_dict()


def test_images_without_ecg_are_marked() -> None:
    for drawing in (draw_document(BARE, seed=1), draw_blank_grid(BARE)):
        truth = json.loads(drawing.truth_json())
        assert truth["leads"] == []
        assert truth["class"] is None
        assert truth["kind"] in ("document", "blank grid")


@pytest.mark.parametrize(
    "wish", [{"layout": "5x5"}, {"grid": "tartan"}, {"dpi": 5}, {"speed_mm_s": 0}, {"gain_mm_mv": -1}]
)
def test_impossible_styles_are_refused(wish: dict) -> None:
    with pytest.raises(ValueError, match=r"layout|grid|dpi|positive"):
        PageStyle(**wish)
