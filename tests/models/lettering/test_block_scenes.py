"""Lines of printed measurements: drawn with the text that they show, in the network's characters."""

import numpy as np
import pytest

from models.lettering import train_lines
from models.lettering.block_scenes import block_scene
from models.lettering.letter_drawing import FONT_FOLDERS
from models.lettering.line_scenes import LINE_COLUMNS
from preprocessing.lettering import BLOCK_CHARACTERS, WINDOW_ROWS

pytestmark = pytest.mark.skipif(
    not any(folder.is_dir() for folder in FONT_FOLDERS), reason="the fonts for drawing print are not installed"
)


def test_lines_have_a_text_and_are_repeatable():
    lines, codes = train_lines.draw_lines(40, (3, 0), block_scene)
    assert lines.shape == (40, WINDOW_ROWS, LINE_COLUMNS)
    assert codes.max() <= len(BLOCK_CHARACTERS)
    assert (codes[:, 0] > 0).all()
    again, _ = train_lines.draw_lines(40, (3, 0), block_scene)
    assert np.array_equal(lines, again)


def test_measurements_are_among_the_lines():
    _, codes = train_lines.draw_lines(120, (4, 0), block_scene)
    texts = ["".join(BLOCK_CHARACTERS[code - 1] for code in line if code) for line in codes]
    for name in ("qt/qtc", "pr", "hr", "mm/mv"):
        assert any(name in text for text in texts), name
