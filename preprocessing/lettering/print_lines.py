"""Lines of print on a part of a page, each read in one or several views."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from PIL import Image

from preprocessing.lettering.components import Components, letter_components, words
from preprocessing.lettering.config import PRINT_LINES
from preprocessing.lettering.glyph_windows import line_window
from preprocessing.lettering.line_network import block_probabilities, line_probabilities
from preprocessing.lettering.printed_line import decoded_block, decoded_text

# What a window shows: its text, and the certainty of each character.
Reader = Callable[[np.ndarray], tuple[str, np.ndarray]]
# What a line's text and the certainty of its characters give: by name, a value with its certainty.
Parser = Callable[[str, np.ndarray], Mapping[str, tuple[float, float]]]


class PrintLine:
    """One line of print on a page's ink.

    Parameters
    ----------
    picture : Image, mode ``L``
        Of `preprocessing.lettering.glyph_windows.page_ink`.
    line : Components
        Its letters.
    reader : callable
    """

    def __init__(self, picture: Image.Image, line: Components, reader: Reader) -> None:
        self._picture, self._reader = picture, reader
        self.left_px, self._right, self._middle_y, self._slope, self.capital_px = _measure(line)
        self.baseline_px = float(np.median(line.bottom))

    def read(self, lower: float = 0.0, size: float = 1.0) -> tuple[str, np.ndarray]:
        """Return its text and the certainty of each character.

        `lower` is by how many heights of a capital the view is lowered, `size` by how much it is enlarged.
        """
        middle_y, capital_px = self._middle_y + lower * self.capital_px, size * self.capital_px
        window = line_window(self._picture, self.left_px, self._right, middle_y, self._slope, capital_px)
        return self._reader(window)


class WordRow:
    """Groups of words on one baseline, from the left, each read at its own size and joined by spaces."""

    def __init__(self, groups: list[PrintLine]) -> None:
        self.groups = groups

    def read(self, lower: float = 0.0, size: float = 1.0) -> tuple[str, np.ndarray]:
        """Return its text and the certainty of each character; see `PrintLine.read`."""
        texts, certainties = [], []
        for group in self.groups:
            text, certainty = group.read(lower, size)
            texts.append(text)
            certainties += [certainty, np.ones(1)]
        return " ".join(texts), np.concatenate(certainties[:-1])


def lines_of(ink: np.ndarray, px_per_mm: float, word_gap: float) -> list[PrintLine]:
    """Find the lines of print on a part of a page, from bottom to top.

    Parameters
    ----------
    ink : ndarray, shape (rows, columns), uint8
        Of `preprocessing.lettering.glyph_windows.page_ink`.
    px_per_mm : float
    word_gap : float
        Widest gap between words of one line, in heights of a capital.
    """
    picture = Image.fromarray(ink)
    found = [line for line in words(letter_components(ink, px_per_mm), px_per_mm, word_gap) if _is_long(line)]
    lines = sorted((PrintLine(picture, line, _of_settings) for line in found), key=lambda line: -line.baseline_px)
    return lines[: PRINT_LINES.most_lines]


def rows_of(ink: np.ndarray, px_per_mm: float, word_gap: float) -> list[WordRow]:
    """Find the rows of print on a part of a page, from bottom to top: groups of words, however far apart and short."""
    found = words(letter_components(ink, px_per_mm), px_per_mm, word_gap)
    picture = Image.fromarray(_without_degrees(ink, found))
    groups = [PrintLine(picture, one, _of_block) for one in found]
    rows: list[list[PrintLine]] = []
    for group in sorted(groups, key=lambda one: -one.baseline_px):
        if rows and rows[-1][0].baseline_px - group.baseline_px < PRINT_LINES.same_row * group.capital_px:
            rows[-1].append(group)
        else:
            rows.append([group])
    return [WordRow(sorted(row, key=lambda one: one.left_px)) for row in rows[: PRINT_LINES.most_lines]]


def votes_of(
    line: PrintLine | WordRow, of_text: Parser, is_worth: Callable[[str], bool], views: Sequence[tuple[float, float]]
) -> dict[str, dict[float, float]]:
    """Return what a line gives: by name, each value that any view shows, with its mean certainty over all views.

    Where the first view's text is not worth it, no other is read.
    """
    votes: dict[str, dict[float, float]] = {}
    for number, view in enumerate(views):
        text, certainties = line.read(*view)
        if number == 0 and not is_worth(text):
            return {}
        for name, (value, certainty) in of_text(text, certainties).items():
            values = votes.setdefault(name, {})
            values[value] = values.get(value, 0.0) + certainty / len(views)
    return votes


def _of_settings(window: np.ndarray) -> tuple[str, np.ndarray]:
    return decoded_text(line_probabilities(window))


def _of_block(window: np.ndarray) -> tuple[str, np.ndarray]:
    return decoded_block(block_probabilities(window))


def _without_degrees(ink: np.ndarray, lines: list[Components]) -> np.ndarray:
    """Return the ink without degree signs: small rings that stand high above their line."""
    cleared = ink.copy()
    low, high = PRINT_LINES.raised_height
    for line in lines:
        capital_px = float(np.percentile(line.height, PRINT_LINES.capital_percentile))
        above_px = np.median(line.bottom) - line.bottom
        is_degree = (line.height > low * capital_px) & (line.height < high * capital_px)
        for number in np.flatnonzero(is_degree & (above_px > PRINT_LINES.raised_by * capital_px)):
            rows = slice(int(line.top[number]), int(np.ceil(line.bottom[number])) + 1)
            cleared[rows, int(line.left[number]) : int(np.ceil(line.right[number])) + 1] = 0
    return cleared


def _is_long(line: Components) -> bool:
    length = line.right.max() - line.left.min()
    return len(line.left) >= PRINT_LINES.least_components and length > PRINT_LINES.least_length * line.height.max()


def _measure(line: Components) -> tuple[float, float, float, float, float]:
    """Return a line's left and right end, the row of its middle at the left, its slope and its capitals' height."""
    tall = line.where(line.height > PRINT_LINES.tall_share * line.height.max())
    capital_px = float(np.percentile(tall.height, PRINT_LINES.capital_percentile))
    left, right = float(line.left.min()), float(line.right.max())
    slope = 0.0
    middles = (tall.left + tall.right) / 2
    if right - left > PRINT_LINES.slope_length * capital_px and len(tall.left) > PRINT_LINES.slope_letters:
        # Descenders and hyphens are few: the median slope (Theil-Sen) ignores them.
        across, down = np.subtract.outer(middles, middles), np.subtract.outer(tall.bottom, tall.bottom)
        far = across > PRINT_LINES.slope_apart * capital_px
        if far.any():
            slope = float(np.clip(np.median(down[far] / across[far]), -PRINT_LINES.steepest, PRINT_LINES.steepest))
    baseline = float(np.median(tall.bottom - slope * (middles - left)))
    return left, right, baseline - capital_px / 2, slope, capital_px
