"""Leads found on drawn pages, compared with the truth."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

import sample_images as drawn
from preprocessing.errors import EcgImageError
from preprocessing.leads import find
from preprocessing.leads.find import find_leads
from preprocessing.page import find_page
from preprocessing.picture import decode

CALLED = {"cabrera-6x2": "6x2 Cabrera", "cabrera-12x1": "12x1 Cabrera"}
RHYTHMS = sorted(drawn.RHYTHMS)
TYPICAL = "left-bundle-branch-block"


def scaled(rgb, factor):
    height, width = rgb.shape[:2]
    size = (round(width * factor), round(height * factor))
    return np.asarray(Image.fromarray(rgb).resize(size, Image.Resampling.LANCZOS))


def drawing_of(rhythm="normal-sinus", seed=5, **choices):
    return drawn.draw_page(drawn.simulate(rhythm, seed=seed), drawn.PageStyle(**{"dpi": 100, **choices}))


def read(rgb):
    return find_leads(find_page(rgb))


def overlap(quad, truth):
    """Return the intersection over union of the bounding boxes of two quads."""
    low, high = np.maximum(quad.min(axis=0), truth.min(axis=0)), np.minimum(quad.max(axis=0), truth.max(axis=0))
    both = np.prod(np.maximum(high - low, 0))
    return both / (np.prod(np.ptp(quad, axis=0)) + np.prod(np.ptp(truth, axis=0)) - both)


def check(drawing, page, layout, least=0.85, factor=1.0, offset=(0, 0)):
    """Compare the leads with those that were drawn, in pixels of the picture."""
    truth = {lead.lead + ("_rhythm" if lead.role == "rhythm" else ""): lead.quad for lead in drawing.leads}
    assert layout.name == CALLED.get(drawing.layout, drawing.layout)
    assert sorted(box.key for box in layout.boxes) == sorted(truth)
    for box in layout.boxes:
        assert overlap(page.to_picture(np.array(box.quad)), truth[box.key] * factor + offset) >= least, box


@pytest.fixture(scope="module")
def standard():
    return drawn.draw_page(drawn.simulate("normal-sinus", seed=5), replace(drawn.edan_style(), dpi=120))


@given(rhythm=st.sampled_from(RHYTHMS), seed=st.integers(0, 999), factor=st.sampled_from([0.5, 1.0]))
@settings(max_examples=4)
def test_every_drawn_standard_page_gives_its_leads(rhythm, seed, factor):
    drawing = drawn.draw_page(drawn.simulate(rhythm, seed=seed), drawn.edan_style())
    page, layout = read(scaled(drawing.image, factor))
    check(drawing, page, layout, factor=factor)
    assert page.flattening is None
    assert page.px_per_mm_x == pytest.approx(drawing.px_per_mm * factor, rel=0.01)
    assert (page.speed_mm_s, page.gain_mm_mv) == (25, 10)


@pytest.mark.parametrize("layout", sorted(drawn.LAYOUTS))
def test_every_layout_is_read_as_drawn(layout):
    drawing = drawing_of(layout=layout)
    page, found = read(drawing.image)
    check(drawing, page, found)
    assert page.scale_from == "grid"
    assert page.px_per_mm_x == pytest.approx(drawing.px_per_mm, rel=0.005)


@pytest.mark.parametrize(("dividers", "calibration"), [("full", "left"), ("none", "right"), ("none", "none")])
def test_pulses_and_dividers_may_be_anywhere_or_nowhere(dividers, calibration):
    drawing = drawing_of(dividers=dividers, calibration=calibration)
    page, layout = read(drawing.image)
    check(drawing, page, layout)
    assert page.gain_mm_mv == 10


@pytest.mark.parametrize("grid", ["none", "dots", "grey"])
def test_every_grid_and_none_gives_the_scale(grid):
    drawing = drawing_of("atrial-fibrillation", grid=grid)
    page, layout = read(drawing.image)
    check(drawing, page, layout)
    assert page.scale_from == ("columns" if grid == "none" else "grid")
    assert page.px_per_mm_x == pytest.approx(drawing.px_per_mm, rel=0.02)


@pytest.mark.parametrize("layout", ["3x4+1", "6x2"])
def test_lines_and_laws_identify_the_leads_if_no_name_is_printed(layout):
    drawing = drawing_of(layout=layout, dividers="full", names=False)
    check(drawing, *read(drawing.image))


@pytest.mark.parametrize("layout", ["6x2", "12x1", "cabrera-6x2", "cabrera-12x1"])
def test_cabreras_order_and_the_standard_one_are_distinguished(layout):
    drawing = drawing_of(TYPICAL, seed=3, layout=layout)
    page, found = read(drawing.image)
    check(drawing, page, found)
    assert ("-aVR" in {box.lead for box in found.boxes}) == layout.startswith("cabrera")


@pytest.mark.slow
@pytest.mark.parametrize("rhythm", sorted(set(RHYTHMS) - {TYPICAL}))
@pytest.mark.parametrize("layout", ["6x2", "12x1", "cabrera-6x2", "cabrera-12x1"])
def test_the_order_of_the_limb_leads_is_found_in_every_rhythm(layout, rhythm):
    drawing = drawing_of(rhythm, seed=3, layout=layout)
    assert read(drawing.image)[1].name == CALLED.get(layout, layout)


@pytest.mark.slow
@given(
    rhythm=st.sampled_from(RHYTHMS),
    seed=st.integers(0, 999),
    grid=st.sampled_from(sorted(set(drawn.GRIDS) - {"none"})),
    dpi=st.sampled_from([120, 150]),
    layout=st.sampled_from(["3x4", "3x4+1", "3x4+2", "3x4+3", "6x2", "6x2+1"]),
    calibration=st.sampled_from(["left", "right"]),
)
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_pages_with_dividers_and_names_read_as_drawn(rhythm, seed, grid, dpi, layout, calibration):
    drawing = drawing_of(rhythm, seed, grid=grid, dpi=dpi, layout=layout, calibration=calibration, dividers="full")
    check(drawing, *read(drawing.image), least=0.7)


def test_leads_of_a_photographed_page_are_found_in_place():
    photo = drawn.photograph(drawing_of(), drawn.Camera.photo(3))
    page, layout = read(photo.image)
    assert page.flattening is not None
    check(photo, page, layout, least=0.8)


@pytest.mark.parametrize("quarters", [1, 2])
def test_a_page_that_is_not_upright_is_turned(quarters):
    drawing = drawing_of()
    page, layout = read(np.ascontiguousarray(np.rot90(drawing.image, -quarters)))
    assert page.turn.quarters == quarters
    assert "page_turned" in {notice.code for notice in page.notices}
    assert layout.name == drawing.layout
    height, width = drawing.image.shape[:2]
    for box, lead in zip(layout.boxes, drawing.leads, strict=True):
        x, y = lead.quad.T
        truth = {1: (height - 1 - y, x), 2: (width - 1 - x, height - 1 - y)}[quarters]
        assert overlap(page.to_picture(np.array(box.quad)), np.column_stack(truth)) > 0.85


def test_a_grey_copy_reads_the_same(standard):
    grey = np.repeat(np.asarray(Image.fromarray(standard.image).convert("L"))[..., None], 3, axis=2)
    check(standard, *read(grey))


@pytest.mark.parametrize("shade", [255, 0, 120])
def test_a_border_around_the_page_changes_nothing(standard, shade):
    padded = np.pad(standard.image, ((80, 40), (55, 125), (0, 0)), constant_values=shade)
    check(standard, *read(padded), offset=(55, 80))


def test_reading_does_not_change_the_picture(standard):
    before = standard.image.copy()
    read(standard.image)
    assert np.array_equal(standard.image, before)


def test_a_layout_that_others_nearly_match_is_doubted(standard, monkeypatch):
    layout = read(standard.image)[1]
    assert layout.probability > 0.95
    assert "layout_doubted" not in {notice.code for notice in layout.notices}
    monkeypatch.setattr(find, "ODDS", replace(find.ODDS, doubted=1.0))
    doubted = read(standard.image)[1]
    assert doubted.probability == layout.probability
    assert "layout_doubted" in {notice.code for notice in doubted.notices}


def test_confidence_is_high_with_dividers_and_on_columns_of_ten_seconds_without(standard):
    full = read(standard.image)[1].confidence
    assert full >= 0.85
    layout = read(drawing_of(dividers="none").image)[1]
    assert layout.confidence >= 0.85
    # Columns of ten seconds by the grid are known without dividers.
    assert layout.notices == ()


def cup():
    """Return a cup on a table, with sensor noise."""
    y, x = np.mgrid[:500, :700]
    rgb = np.full((500, 700, 3), (150, 120, 90), float)
    rgb[np.hypot(x - 350, y - 270) < 150] = (205, 195, 185)
    rgb[np.hypot(x - 350, 2 * (y - 200)) < 120] = (60, 35, 20)
    rgb[np.abs(np.hypot(x - 510, y - 270) - 60) < 12] = (210, 200, 190)
    rgb *= (0.7 + 0.3 * x / 700)[..., None]
    return np.clip(rgb + np.random.default_rng(2).normal(0, 4, rgb.shape), 0, 255).astype(np.uint8)


NO_REPORTS = {
    "white": (lambda: np.full((600, 900, 3), 255, np.uint8), "not_an_ecg"),
    "black": (lambda: np.zeros((600, 900, 3), np.uint8), "not_an_ecg"),
    "document": (lambda: drawn.draw_document(drawn.PageStyle(dpi=60), seed=1).image, "not_an_ecg"),
    "blank grid": (lambda: drawn.draw_blank_grid(drawn.PageStyle(dpi=100)).image, "not_an_ecg"),
    "cup": (cup, "not_an_ecg"),
    "sliver": (lambda: np.full((60, 900, 3), 255, np.uint8), "not_12_lead"),
    "thumbnail": (lambda: np.full((120, 200, 3), 255, np.uint8), "too_small"),
}


@pytest.mark.parametrize("which", NO_REPORTS)
def test_pictures_that_are_no_report_are_refused(which):
    picture, code = NO_REPORTS[which]
    with pytest.raises(EcgImageError) as refusal:
        read(picture())
    assert refusal.value.code == code
    assert refusal.value.message.endswith(".")


@pytest.mark.slow
def test_dots_alone_are_refused():
    # Rows of such coarse dots resemble rows of trace.
    with pytest.raises(EcgImageError):
        read(drawn.draw_blank_grid(drawn.edan_style()).image)


@pytest.mark.slow
def test_noise_is_refused():
    with pytest.raises(EcgImageError) as refusal:
        read(np.random.default_rng(0).integers(0, 256, (500, 700, 3), dtype=np.uint8))
    assert refusal.value.code == "not_an_ecg"


def cut(drawing, rows=slice(None), columns=slice(None)):
    """Cut some rows and columns out of a 3x4+1 page."""
    tops = [lead.quad[0, 1] for lead in drawing.leads if lead.role == "rhythm" or lead.lead in {"I", "II", "III"}]
    pitch = tops[1] - tops[0]
    wanted = tops[rows]
    top, bottom = round(wanted[0]), round(wanted[-1] + pitch)
    return np.ascontiguousarray(drawing.image[top:bottom, columns])


@pytest.mark.parametrize("rows", [slice(0, 2), slice(2, 4)], ids=["upper", "lower"])
def test_two_rows_are_not_a_page(rows):
    with pytest.raises(EcgImageError) as refusal:
        read(cut(drawing_of(), rows))
    assert refusal.value.code == "not_12_lead"


def test_the_left_half_of_a_page_is_refused():
    drawing = drawing_of()
    with pytest.raises(EcgImageError) as refusal:
        read(np.ascontiguousarray(drawing.image[:, : drawing.image.shape[1] // 2]))
    assert refusal.value.code == "not_12_lead"


@pytest.mark.parametrize("choices", [{}, {"dividers": "full"}], ids=["bars", "lines"])
def test_the_lower_three_rows_of_four_are_not_read_as_twelve_leads(choices):
    # II is where lead I would be: Einthoven's law is broken.
    with pytest.raises(EcgImageError) as refusal:
        read(cut(drawing_of(**choices), slice(1, 4)))
    assert refusal.value.code in {"layout_unknown", "not_12_lead"}


def test_an_unknown_layout_is_refused_and_not_guessed(page_of_no_layout):
    with pytest.raises(EcgImageError) as refusal:
        read(decode(page_of_no_layout).rgb)
    assert refusal.value.code == "layout_unknown"


def test_a_gain_that_the_page_does_not_show_is_assumed_with_a_warning():
    silent = drawing_of(calibration="none", texts=())
    page, _ = read(silent.image)
    assert (page.gain_mm_mv, page.gain_from) == (10.0, "assumed")
    assert "gain_assumed" in [notice.code for notice in page.notices]
    # A pulse needs more dots than a row of beats does.
    with_pulses, _ = read(drawing_of(texts=(), dpi=200).image)
    assert with_pulses.gain_from == "pulse"
    assert "gain_assumed" not in [notice.code for notice in with_pulses.notices]
