"""The lines of print at a page's edges, and the paper speed and gain that they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

from preprocessing.lettering.glyph_windows import page_ink, strip
from preprocessing.lettering.line_network import line_probabilities
from preprocessing.lettering.pieces import Pieces, letter_pieces, words
from preprocessing.lettering.printed_line import settings_in, spoken

# The small print of settings needs more pixels than a lead's name.
ENOUGH_PX_PER_MM = 8.0
# Words of one line that belong together stand closer than this, in heights of a capital.
WORD_GAP = 1.4
# "5mm/s" has fewer pieces than characters where they touch, and still some.
LEAST_PIECES = 3
LEAST_LENGTH = 2.2
MOST_LINES = 40
STEEPEST = 0.05
# A line that speaks of millimetres is read several times, so many heights of a capital lower and in these sizes.
LOOKS = ((0.0, 1.0), (-0.06, 0.9), (0.06, 1.12), (0.06, 0.9), (-0.06, 1.12))
# The bands of a page, as shares of its height, in which speed and gain are sought one after the other.
BANDS = ((0.88, 1.0), (0.0, 0.3), (0.7, 0.9))
# A setting read less surely is none; two read so surely need no further line.
LEAST_CERTAINTY, SURE = 0.5, 0.75


@dataclass(frozen=True)
class PrintedSettings:
    """Paper speed and gain as printed, None where they were not read; `confidence` in [0, 1] is the less sure one's."""

    speed_mm_s: float | None
    gain_mm_mv: float | None
    confidence: float


def read_settings(rgb: np.ndarray, px_per_mm: float) -> PrintedSettings:
    """Read the paper speed and gain from the lines of print below and above the traces.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8
        An upright page.
    px_per_mm : float
        Its scale, good to about a quarter.
    """
    best: dict[str, tuple[float, float]] = {}
    for top, bottom in BANDS:
        part = rgb[int(top * len(rgb)) : int(np.ceil(bottom * len(rgb)))]
        for said in _read_lines(*page_ink(part, px_per_mm, ENOUGH_PX_PER_MM)):
            for name, (value, certainty) in said.items():
                if certainty > best.get(name, (0.0, LEAST_CERTAINTY))[1]:
                    best[name] = value, certainty
            if len(best) == 2 and min(certainty for _, certainty in best.values()) > SURE:
                return _settings(best)
    return _settings(best)


def _settings(best: dict[str, tuple[float, float]]) -> PrintedSettings:
    speed, gain = best.get("speed"), best.get("gain")
    sure = min((certainty for _, certainty in best.values()), default=0.0)
    return PrintedSettings(speed[0] if speed else None, gain[0] if gain else None, sure)


def _read_lines(ink: np.ndarray, px_per_mm: float) -> Iterator[dict[str, tuple[float, float]]]:
    """Read the lines of print on a part of a page, the lowest first.

    Parameters
    ----------
    ink : ndarray, shape (rows, columns), uint8
        Of `preprocessing.lettering.glyph_windows.paper_ink`.
    px_per_mm : float

    Yields
    ------
    dict
        What a line says of ``speed`` and ``gain`` (`preprocessing.lettering.printed_line.settings_in`).
    """
    picture = Image.fromarray(ink)
    lines = [line for line in words(letter_pieces(ink, px_per_mm), px_per_mm, WORD_GAP) if _is_long(line)]
    lines.sort(key=lambda line: -float(np.median(line.bottom)))
    for line in lines[:MOST_LINES]:
        said = _said(picture, *_measure(line))
        if said:
            yield said


def _said(
    picture: Image.Image, left: float, right: float, middle_y: float, slope: float, capital_px: float
) -> dict[str, tuple[float, float]]:
    """Return what a line says of each setting, with its mean certainty in all looks."""
    sums: dict[tuple[str, float], float] = {}
    for lower, size in LOOKS:
        line = strip(picture, left, right, middle_y + lower * capital_px, slope, size * capital_px)
        text, sure = spoken(line_probabilities(line))
        if not sums and "mm" not in text:
            return {}
        for name, (value, certainty) in settings_in(text, sure).items():
            sums[name, value] = sums.get((name, value), 0.0) + certainty / len(LOOKS)
    return {name: (value, certainty) for (name, value), certainty in sorted(sums.items(), key=lambda item: item[1])}


def _is_long(line: Pieces) -> bool:
    length = line.right.max() - line.left.min()
    return len(line.left) >= LEAST_PIECES and length > LEAST_LENGTH * line.height.max()


def _measure(line: Pieces) -> tuple[float, float, float, float, float]:
    """Return a line's left and right end, its middle's row at the left, its slope and its capitals' height."""
    tall = line.where(line.height > 0.4 * line.height.max())
    capital_px = float(np.percentile(tall.height, 75))
    left, right = float(line.left.min()), float(line.right.max())
    slope = 0.0
    middles = (tall.left + tall.right) / 2
    if right - left > 6 * capital_px and len(tall.left) > 3:
        # Letters below the line and hyphens above it are few: the median slope passes them over.
        across, down = np.subtract.outer(middles, middles), np.subtract.outer(tall.bottom, tall.bottom)
        far = across > 2 * capital_px
        if far.any():
            slope = float(np.clip(np.median(down[far] / across[far]), -STEEPEST, STEEPEST))
    baseline = float(np.median(tall.bottom - slope * (middles - left)))
    return left, right, baseline - capital_px / 2, slope, capital_px
