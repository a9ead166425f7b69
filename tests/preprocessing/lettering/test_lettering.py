"""Printed names of leads: found where they are drawn and nowhere else."""

from collections import Counter

import numpy as np
import pytest
from scipy.signal import correlate2d

from preprocessing.lettering.components import Components, letter_components, words
from preprocessing.lettering.find_names import find_lead_names, upright_evidence
from preprocessing.lettering.glyph_windows import paper_ink
from preprocessing.lettering.lead_words import PRINTED_LEADS, PrintedName, spellings
from preprocessing.lettering.letter_network import LETTER_WEIGHTS, convolve
from preprocessing.lettering.name_agreement import weighed_by_agreement
from sample_images import PageStyle, draw_page, edan_style, simulate


def drawn(**choices):
    style = PageStyle(dpi=120, **choices)
    return draw_page(simulate(seed=5), style).image, style


def trusted(names):
    return [name for name in names if name.confidence > 0.5]


@pytest.mark.parametrize("layout", ["3x4+1", "6x2"])
def test_free_standing_names_are_found_where_they_are_drawn(layout):
    image, style = drawn(layout=layout)
    names = trusted(find_lead_names(image, style.px_per_mm))
    printed = [lead for row in style.plan.rows for lead in row] + list(style.plan.strips)
    assert len(names) >= len(printed) - 3
    assert not Counter(name.lead for name in names) - Counter(printed)
    for name in names:
        row = next(nth for nth, leads in enumerate((*style.plan.rows, style.plan.strips)) if name.lead in leads)
        baseline = style.row_baselines_mm[row] * style.px_per_mm
        assert name.bottom < baseline + 2 or name.lead in style.plan.strips


def test_most_names_on_the_trace_are_found_and_none_is_invented():
    style = edan_style()
    names = trusted(find_lead_names(draw_page(simulate(seed=5), style).image, style.px_per_mm))
    assert len(names) >= 8
    for name in names:
        column = round((name.left / style.px_per_mm - style.trace_left_mm) / (style.trace_width_mm / 4))
        assert name.lead in {row[column] for row in style.plan.rows}


def test_an_upright_page_has_more_evidence_than_its_half_turn():
    image, style = drawn()
    upright, turned = (upright_evidence(find_lead_names(page, style.px_per_mm)) for page in (image, image[::-1, ::-1]))
    assert upright > turned + 5


def test_a_page_without_names_has_none():
    image, style = drawn(names=False)
    assert not trusted(find_lead_names(image, style.px_per_mm))


@pytest.mark.parametrize("side", [1, 40, 300])
def test_noise_of_any_size_shows_no_names(side):
    noise = np.random.default_rng(1).integers(0, 255, (side, 2 * side, 3), dtype=np.uint8)
    assert not trusted(find_lead_names(noise, 4.0))


def name(lead, left, top, confidence=0.9):
    return PrintedName(lead, left, top, left + 20, top + 10, confidence)


GRID = [name("aVR", 300, 100), name("aVL", 300, 200), name("V1", 500, 100), name("V2", 500, 200)]


def test_an_upright_stroke_is_an_i_only_where_one_belongs():
    spikes = [name("I", 340, 60), name("I", 560, 100), name("I", 100, 40)]
    assert "I" not in {found.lead for found in weighed_by_agreement([*GRID, *spikes])}
    found = weighed_by_agreement([*GRID, *spikes, name("I", 100, 102)])
    assert [one.left for one in found if one.lead == "I"] == [100]


def test_a_name_that_no_other_supports_keeps_half_its_confidence():
    found = {one.left: one.confidence for one in weighed_by_agreement([*GRID, name("V6", 20, 430)])}
    assert found[20] == pytest.approx(0.45)
    assert found[300] > 0.8


def trusted_tops(names, lead):
    return [one.top for one in trusted(weighed_by_agreement(names)) if one.lead == lead]


def test_a_name_occurs_twice_only_as_that_of_a_rhythm_strip():
    twice = [name("V1", 300, 400, 0.7), *(name("aVF", 300, 300), name("V3", 500, 300))]
    assert trusted_tops([*GRID, *twice], "V1") == [
        100,
        400,
    ]
    between = [name("V1", 300, 150, 0.8), *twice[1:]]
    assert [
        one.top for one in weighed_by_agreement([*GRID, *between]) if one.lead == "V1" and one.confidence > 0.5
    ] == [100]


def test_a_minus_is_kept_only_in_cabreras_order():
    turned = [name("I", 100, 100), name("-aVR", 100, 200), name("II", 100, 300)]
    assert "-aVR" in {found.lead for found in weighed_by_agreement(turned)}
    assert "-aVR" not in {found.lead for found in weighed_by_agreement([*GRID[1:], name("-aVR", 295, 100)])}


def test_letters_form_words_by_the_gaps_between_them():
    left = np.array([0, 12, 40, 52])
    components = Components(left, np.full(4, 5), left + 10, np.full(4, 15))
    assert [len(word.left) for word in words(components, 4.0, gap=0.45)] == [2, 2]
    assert [len(word.left) for word in words(components, 4.0, gap=2.0)] == [4]


def test_ink_is_measured_against_the_paper_around_it():
    paper = np.linspace(120, 250, 90)[None, :] * np.ones((60, 1))
    paper[20:32, 10:12] *= 0.2
    paper[20:32, 70:72] *= 0.2
    ink = paper_ink(paper.astype(np.uint8), 4.0)
    assert ink[25, 10] > 180
    assert ink[25, 70] > 180
    assert ink[:10].max() < 40
    assert len(letter_components(ink, 4.0).left) == 2


def test_convolve_matches_the_correlation_of_scipy():
    rng = np.random.default_rng(2)
    maps, kernel = rng.random((2, 1, 6, 7), np.float32), rng.random((3, 5, 2, 1), np.float32)
    both = sum(correlate2d(maps[channel, 0], kernel[:, :, channel, 0], "same") for channel in range(2))
    assert np.allclose(convolve(maps, kernel, np.float32([0]))[0, 0], both, atol=1e-5)


def test_weights_are_small():
    assert LETTER_WEIGHTS.stat().st_size < 500_000


def test_the_usual_spelling_of_a_lead_is_its_name():
    assert all(spellings(lead)[0] == lead for lead in PRINTED_LEADS)
