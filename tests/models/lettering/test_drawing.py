"""Drawn print: its height, its labels, and that it is reproducible."""

import numpy as np
import pytest

from models.lettering.bare_pages import bare_page
from models.lettering.letter_drawing import FONT_FOLDERS, PrintStyle, font_paths, random_print_style, write
from models.lettering.letter_scenes import NOTHING, scene
from models.lettering.line_scenes import LINE_COLUMNS, line_scene
from preprocessing.lettering import PRINTED_LEADS, WINDOW_ROWS
from preprocessing.lettering.glyph_windows import WINDOW_COLUMNS

pytestmark = pytest.mark.skipif(
    not any(folder.is_dir() for folder in FONT_FOLDERS), reason="the fonts for drawing print are not installed"
)


def test_words_are_drawn_at_the_requested_height():
    for style in (PrintStyle(), PrintStyle(font=font_paths()[0])):
        ink, baseline = write("V", 30.0, style)
        inked = np.flatnonzero(ink.max(axis=1) > 0.5)
        assert abs(inked[-1] - inked[0] - 30) <= 4
        assert abs(inked[-1] - baseline) <= 3


def test_print_styles_are_drawn_at_random():
    rng = np.random.default_rng(1)
    assert len({random_print_style(rng) for _ in range(20)}) == 20


def test_scenes_are_reproducible_and_have_one_shape():
    first, again = (scene(np.random.default_rng(9)) for _ in range(2))
    assert np.array_equal(first[0], again[0])
    assert first[0].shape == (*first[1].shape, WINDOW_ROWS, WINDOW_COLUMNS)
    assert 0 <= first[0].min() <= first[0].max() <= 1


def test_labels_cover_every_lead_and_nothing():
    rng = np.random.default_rng(2)
    labels = np.concatenate([scene(rng)[1] for _ in range(150)])
    assert set(labels.tolist()) == set(range(NOTHING, 1 + len(PRINTED_LEADS)))


def test_lines_are_reproducible_and_have_one_shape():
    first, again = (line_scene(np.random.default_rng(9)) for _ in range(2))
    assert np.array_equal(first[0], again[0])
    assert np.array_equal(first[1], again[1])
    assert first[0].shape == (WINDOW_ROWS, LINE_COLUMNS)
    assert 0 <= first[0].min() <= first[0].max() <= 1


def test_bare_pages_have_the_scale_that_they_report():
    ink, px_per_mm, capital_px = bare_page(np.random.default_rng(3))
    assert ink.size == (round(110 * px_per_mm), round(70 * px_per_mm))
    assert 1.8 <= capital_px / px_per_mm <= 3.6
