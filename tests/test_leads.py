"""Thirteen leads found on drawn pages, against the truth that they were drawn with."""

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from PIL import Image

import sample_images as drawn
from preprocessing.errors import EcgImageError
from preprocessing.layout import LAYOUTS
from preprocessing.leads import find_leads
from preprocessing.page import find_page


def scaled(rgb, factor):
    height, width = rgb.shape[:2]
    size = (round(width * factor), round(height * factor))
    return np.asarray(Image.fromarray(rgb).resize(size, Image.Resampling.LANCZOS))


def read(rgb):
    return find_leads(find_page(rgb))


def overlap(box, quad):
    """Intersection over union of a box and a drawn upright quad."""
    (left, top), (right, bottom) = np.min(quad, axis=0), np.max(quad, axis=0)
    across = max(0.0, min(box.right, right) - max(box.left, left))
    down = max(0.0, min(box.bottom, bottom) - max(box.top, top))
    both = across * down
    return both / ((box.right - box.left) * (box.bottom - box.top) + (right - left) * (bottom - top) - both)


def check(drawing, layout, factor=1.0, offset=(0, 0)):
    truth = {lead.lead + ("_rhythm" if lead.role == "rhythm" else ""): lead.quad for lead in drawing.leads}
    assert layout.name == drawing.layout
    assert [box.key for box in layout.boxes] == list(truth)
    for box in layout.boxes:
        assert overlap(box, truth[box.key] * factor + offset) >= 0.9, box


rhythms = st.sampled_from(sorted(drawn.RHYTHMS))


@given(rhythm=rhythms, seed=st.integers(0, 999), factor=st.sampled_from([0.5, 1.0, 2.0]))
@settings(max_examples=10, deadline=None)
def test_every_drawn_standard_page_gives_its_leads_at_every_scale(rhythm, seed, factor):
    drawing = drawn.draw_page(drawn.simulate(rhythm, seed=seed), drawn.edan_style())
    page, layout = read(scaled(drawing.image, factor))
    check(drawing, layout, factor)
    assert page.px_per_mm_x == pytest.approx(drawing.px_per_mm * factor, rel=0.01)
    assert (page.speed_mm_s, page.gain_mm_mv) == (25, 10)


@given(
    rhythm=rhythms,
    seed=st.integers(0, 999),
    grid=st.sampled_from(sorted(drawn.GRIDS)),
    dpi=st.sampled_from([120, 150, 200]),
    layout=st.sampled_from(sorted(LAYOUTS)),
)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_other_grids_scales_and_layouts_with_dividers_read_as_drawn(rhythm, seed, grid, dpi, layout):
    style = drawn.PageStyle(layout=layout, grid=grid, dpi=dpi, dividers="full")
    drawing = drawn.draw_page(drawn.simulate(rhythm, seed=seed), style)
    page, found = read(drawing.image)
    check(drawing, found)
    assert page.scale_from == ("columns" if grid == "none" else "grid")
    assert page.px_per_mm_x == pytest.approx(drawing.px_per_mm, rel=0.02)


@given(
    rhythm=rhythms,
    seed=st.integers(0, 999),
    grid=st.sampled_from(sorted(drawn.GRIDS)),
    dividers=st.sampled_from(["full", "none"]),
    calibration=st.sampled_from(["left", "right", "none"]),
    factor=st.sampled_from([0.5, 1.0, 2.0]),
)
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
def test_the_standard_layout_is_found_in_other_styles_too(rhythm, seed, grid, dividers, calibration, factor):
    # Without any of grid, pulse and dividers nothing tells a report from other curves.
    assume(grid != "none" or calibration != "none")
    style = drawn.PageStyle(grid=grid, dividers=dividers, calibration=calibration)
    drawing = drawn.draw_page(drawn.simulate(rhythm, seed=seed), style)
    check(drawing, read(scaled(drawing.image, factor))[1], factor)


@pytest.fixture(scope="module")
def standard():
    return drawn.draw_page(drawn.simulate("normal-sinus", seed=5), drawn.edan_style())


def test_a_grey_copy_reads_the_same(standard):
    grey = np.repeat(np.asarray(Image.fromarray(standard.image).convert("L"))[..., None], 3, axis=2)
    check(standard, read(grey)[1])


@pytest.mark.parametrize("shade", [255, 0, 120])
def test_a_border_around_the_page_changes_nothing(standard, shade):
    padded = np.pad(standard.image, ((130, 70), (90, 210), (0, 0)), constant_values=shade)
    check(standard, read(padded)[1], offset=(90, 130))


def test_reading_leaves_the_picture_as_it_was(standard):
    before = standard.image.copy()
    read(standard.image)
    assert np.array_equal(standard.image, before)


def test_confidence_is_full_where_all_landmarks_agree_and_less_without_dividers(standard):
    assert read(standard.image)[1].confidence == 1
    bare = drawn.draw_page(drawn.simulate("normal-sinus", seed=5), drawn.PageStyle(dividers="none"))
    layout = read(bare.image)[1]
    check(bare, layout)
    assert layout.confidence < 1
    assert [notice.code for notice in layout.notices] == ["columns_assumed"]


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (lambda: np.full((1572, 2213, 3), 255, np.uint8), "not_an_ecg"),
        (lambda: np.zeros((1572, 2213, 3), np.uint8), "not_an_ecg"),
        (lambda: np.random.default_rng(0).integers(0, 256, (900, 1300, 3), dtype=np.uint8), "not_an_ecg"),
        (lambda: drawn.draw_document(seed=1).image, "not_an_ecg"),
        (lambda: drawn.draw_blank_grid().image, "not_an_ecg"),
        (lambda: np.full((60, 900, 3), 255, np.uint8), "too_small"),
    ],
    ids=["white", "black", "noise", "document", "blank grid", "sliver"],
)
def test_what_is_no_report_is_refused(picture, code):
    with pytest.raises(EcgImageError) as refusal:
        read(picture())
    assert refusal.value.code == code
    assert refusal.value.message.endswith(".")


def test_a_layout_that_is_not_known_is_refused_and_not_guessed():
    twelve = drawn.draw_page(drawn.simulate("normal-sinus", seed=2), drawn.PageStyle(layout="12x1"))
    with pytest.raises(EcgImageError) as refusal:
        read(twelve.image)
    assert refusal.value.code == "layout_unknown"
