"""The generators that no training page comes from: their truth is what is drawn, a seed is a page, no two are alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from scipy.ndimage import map_coordinates

from preprocessing.leads import LAYOUTS
from tests.browser.app_server import found_chromium
from tests.independent import matplotlib_pages, reportlab_pages, svg_pages
from tests.independent.choices import some_layout, some_settings
from tests.independent.known_page import RATE_HZ, KnownLead, KnownPage

DPI, COARSE_DPI = 120, 72
# Two pages of each kind, among them small plots, a grid over the trace, small rows and 50 mm/s.
SEEDS = (4, 7)


@pytest.fixture(
    params=[
        pytest.param(matplotlib_pages, id="matplotlib"),
        pytest.param(reportlab_pages, id="reportlab"),
        pytest.param(svg_pages, id="svg", marks=pytest.mark.browser),
    ]
)
def generator(request, shared_data) -> ModuleType:
    """Each generator in turn; the one that needs a Chromium is skipped without."""
    if request.param is svg_pages:
        pytest.importorskip("playwright")
        if found_chromium() is None:
            pytest.skip("no Chromium found")
    return request.param


@cache
def drawn(generator: ModuleType, folder: Path, seed: int, dpi: float) -> KnownPage:
    """Draw a page, once for all tests that look at it."""
    return generator.draw_page(folder, seed, dpi)


def darkest_shift(page: KnownPage, lead: KnownLead, axis: int) -> float:
    """Return by how many pixels along x (0) or y (1) the lead's line must move to lie on the darkest pixels."""
    darkness = 255.0 - page.image.min(axis=2)
    shifts = np.arange(-3, 3.25, 0.25)
    # The middle of pixel 0 is at half a pixel.
    x, y = lead.line_px.T - 0.5
    on = [
        map_coordinates(darkness, (y + (axis == 1) * shift, x + (axis == 0) * shift), order=1).mean()
        for shift in shifts
    ]
    return float(shifts[int(np.argmax(on))])


@pytest.mark.parametrize("seed", SEEDS)
def test_truth_lies_on_the_drawn_line(generator: ModuleType, shared_data: Path, seed: int):
    page = drawn(generator, shared_data, seed, DPI)
    shifts = np.array([[darkest_shift(page, lead, axis) for axis in (0, 1)] for lead in page.leads])
    assert np.abs(np.median(shifts, axis=0)).max() <= 0.25
    # Names, grid lines and neighbours draw single leads a little to one side.
    assert np.abs(shifts).max() <= 1


def test_truth_holds_every_lead_of_the_layout(generator: ModuleType, shared_data: Path):
    page = drawn(generator, shared_data, SEEDS[0], DPI)
    form = LAYOUTS[page.layout]
    names = [lead for row in form.grid for lead in row] + [f"{lead}_rhythm" for lead in form.strips]
    assert [lead.key for lead in page.leads] == names
    assert all(0 <= lead.start_s < lead.end_s <= 10 and np.isfinite(lead.mv).all() for lead in page.leads)
    assert all(len(lead.mv) == len(lead.line_px) for lead in page.leads)
    assert all(lead.end_s == pytest.approx(lead.start_s + (len(lead.mv) - 1) / RATE_HZ) for lead in page.leads)


def test_seed_is_a_page_at_any_resolution(generator: ModuleType, shared_data: Path):
    page, finer = (drawn(generator, shared_data, SEEDS[1], dpi) for dpi in (COARSE_DPI, DPI))
    again = generator.draw_page(shared_data, SEEDS[1], COARSE_DPI)
    np.testing.assert_array_equal(page.image, again.image)
    assert page.layout == finer.layout
    for coarse, fine in zip(page.leads, finer.leads, strict=True):
        np.testing.assert_array_equal(coarse.mv, fine.mv)
        np.testing.assert_allclose(coarse.line_px * DPI / COARSE_DPI, fine.line_px, atol=3)
    assert finer.image.shape[0] == pytest.approx(page.image.shape[0] * DPI / COARSE_DPI, abs=4)


def test_two_pages_differ(generator: ModuleType, shared_data: Path):
    one, other = (drawn(generator, shared_data, seed, DPI) for seed in SEEDS)
    assert one.image.shape != other.image.shape or (one.image != other.image).mean() > 0.02
    assert not np.array_equal(one.leads[0].mv, other.leads[0].mv)
    assert one.looks != other.looks


def test_every_layout_of_the_app_is_drawn():
    rng = np.random.default_rng(1)
    forms = [some_layout(rng) for _ in range(600)]
    assert {form.name for form in forms} == set(LAYOUTS)
    assert sum("Cabrera" in form.name for form in forms) < 150


def test_unusual_settings_are_printed():
    rng = np.random.default_rng(2)
    settings = [some_settings(rng, some_layout(rng)) for _ in range(300)]
    unusual = [one for one in settings if (one.speed_mm_s, one.gain_mm_mv) != (25, 10)]
    assert 0 < len(unusual) < 100
    assert all(one.printed for one in unusual)
