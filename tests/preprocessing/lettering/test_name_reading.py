"""Names read at, and found near, places where they are drawn."""

import numpy as np
import pytest
from PIL import Image

from preprocessing.lettering.components import Components, letter_components
from preprocessing.lettering.glyph_windows import page_ink
from preprocessing.lettering.lead_words import PrintedName
from preprocessing.lettering.name_reading import (
    WIDTHS,
    free_standing_places,
    names_at,
    names_in_one_window,
    names_near,
    without_overlaps,
)
from preprocessing.lettering.name_search import candidate_places
from sample_images import PageStyle, draw_page, simulate

STYLE = PageStyle(dpi=120)


@pytest.fixture(scope="module")
def page():
    """Return the ink of a drawn page, its scale, and the free-standing names read on it."""
    darkness, px_per_mm = page_ink(draw_page(simulate(seed=5), STYLE).image, STYLE.px_per_mm, 5.0)
    ink = Image.fromarray(darkness)
    names = names_at(ink, free_standing_places(letter_components(darkness, px_per_mm), px_per_mm))
    return ink, px_per_mm, [name for name in names if name.confidence > 0.9 and name.lead != "I"]


def middle(name):
    return (name.left + name.right) / 2, (name.top + name.bottom) / 2, name.capital_px


def test_free_standing_names_of_a_drawn_page_are_read(page):
    _, _, names = page
    printed = {lead for row in STYLE.plan.rows for lead in row}
    assert len(names) >= 9
    assert {name.lead for name in names} <= printed


def test_one_window_reads_most_of_what_several_read(page):
    ink, _, names = page
    quick = names_in_one_window(ink, [middle(name) for name in names])
    assert len({name.lead for name in quick} & {name.lead for name in names}) >= len({name.lead for name in names}) - 2


@pytest.mark.parametrize("aside", [(-0.2, 0.1), (0.2, -0.1)])
def test_a_place_that_is_a_little_off_is_corrected(page, aside):
    ink, _, names = page
    places = [(x + aside[0] * high, y + aside[1] * high, high) for x, y, high in map(middle, names)]
    found = {name.lead for name in names_near(ink, places)}
    assert len(found & {name.lead for name in names}) >= len({name.lead for name in names}) - 1


def test_the_search_finds_most_names_among_its_candidates(page):
    ink, _, names = page
    capital_px = float(np.median([name.capital_px for name in names]))
    candidates = np.array(candidate_places(ink, capital_px, 120))
    near = [
        np.hypot(candidates[:, 0] - x, candidates[:, 1] - y).min() < 0.6 * capital_px for x, y, _ in map(middle, names)
    ]
    assert np.mean(near) >= 0.8
    assert len(candidates) <= 120


def test_blank_paper_has_no_candidates():
    assert candidate_places(Image.new("L", (300, 200)), 12.0, 120) == []


def test_a_name_has_the_width_of_its_letters(page):
    _, _, names = page
    for name in names:
        expected = WIDTHS[name.lead if name.lead in WIDTHS else name.lead[0]]
        assert (name.right - name.left) / name.capital_px == pytest.approx(expected)


def test_places_are_those_of_words_short_enough_for_a_name():
    left = np.array([10, 22, 100, 112, 124, 136, 148, 160, 172])
    letters = Components(left, np.full(9, 40), left + 10, np.full(9, 52))
    assert free_standing_places(letters, 4.0) == [(21.0, 46.0, 12.0)]


def test_the_most_confident_of_overlapping_names_is_kept():
    names = [PrintedName("V1", 10, 10, 30, 20, 0.7), PrintedName("V2", 12, 11, 32, 21, 0.9)]
    apart = PrintedName("V3", 60, 10, 80, 20, 0.6)
    assert [name.lead for name in without_overlaps([*names, apart])] == ["V2", "V3"]
