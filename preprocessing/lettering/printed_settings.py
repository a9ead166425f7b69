"""The lines of print at a page's edges, and the paper speed and gain that they give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

from preprocessing.lettering.components import Components, letter_components, words
from preprocessing.lettering.config import SETTINGS
from preprocessing.lettering.glyph_windows import line_window, page_ink
from preprocessing.lettering.line_network import line_probabilities
from preprocessing.lettering.printed_line import decoded_text, settings_in


@dataclass(frozen=True)
class PrintedSettings:
    """Paper speed and gain as printed, None where not read; `confidence` in [0, 1] is that of the less certain one."""

    speed_mm_s: float | None
    gain_mm_mv: float | None
    confidence: float


def read_settings(rgb: np.ndarray, px_per_mm: float) -> PrintedSettings:
    """Read paper speed and gain from the lines of print below and above the traces.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8
        An upright page.
    px_per_mm : float
        Its scale; an error of up to a quarter is harmless.
    """
    best: dict[str, tuple[float, float]] = {}
    for top, bottom in SETTINGS.bands:
        part = rgb[int(top * len(rgb)) : int(np.ceil(bottom * len(rgb)))]
        for line in _read_lines(*page_ink(part, px_per_mm, SETTINGS.enough_px_per_mm)):
            for name, (value, certainty) in line.items():
                if certainty > best.get(name, (0.0, SETTINGS.least_certainty))[1]:
                    best[name] = value, certainty
            if len(best) == 2 and min(certainty for _, certainty in best.values()) > SETTINGS.sure:
                return _settings(best)
    return _settings(best)


def _settings(best: dict[str, tuple[float, float]]) -> PrintedSettings:
    speed, gain = best.get("speed"), best.get("gain")
    sure = min((certainty for _, certainty in best.values()), default=0.0)
    return PrintedSettings(speed[0] if speed else None, gain[0] if gain else None, sure)


def _read_lines(ink: np.ndarray, px_per_mm: float) -> Iterator[dict[str, tuple[float, float]]]:
    """Read the lines of print on a part of a page from bottom to top.

    Parameters
    ----------
    ink : ndarray, shape (rows, columns), uint8
        Of `preprocessing.lettering.glyph_windows.paper_ink`.
    px_per_mm : float

    Yields
    ------
    dict
        What a line gives for ``speed`` and ``gain`` (`preprocessing.lettering.printed_line.settings_in`).
    """
    picture = Image.fromarray(ink)
    lines = [line for line in words(letter_components(ink, px_per_mm), px_per_mm, SETTINGS.word_gap) if _is_long(line)]
    lines.sort(key=lambda line: -float(np.median(line.bottom)))
    for line in lines[: SETTINGS.most_lines]:
        found = _settings_of_line(picture, *_measure(line))
        if found:
            yield found


def _settings_of_line(
    picture: Image.Image, left: float, right: float, middle_y: float, slope: float, capital_px: float
) -> dict[str, tuple[float, float]]:
    """Return what a line gives for each setting, with its mean certainty over all views."""
    sums: dict[tuple[str, float], float] = {}
    for lower, size in SETTINGS.views:
        line = line_window(picture, left, right, middle_y + lower * capital_px, slope, size * capital_px)
        text, certainties = decoded_text(line_probabilities(line))
        if not sums and "mm" not in text:
            return {}
        for name, (value, certainty) in settings_in(text, certainties).items():
            sums[name, value] = sums.get((name, value), 0.0) + certainty / len(SETTINGS.views)
    return {name: (value, certainty) for (name, value), certainty in sorted(sums.items(), key=lambda item: item[1])}


def _is_long(line: Components) -> bool:
    length = line.right.max() - line.left.min()
    return len(line.left) >= SETTINGS.least_components and length > SETTINGS.least_length * line.height.max()


def _measure(line: Components) -> tuple[float, float, float, float, float]:
    """Return a line's left and right end, the row of its middle at the left, its slope and its capitals' height."""
    tall = line.where(line.height > SETTINGS.tall_share * line.height.max())
    capital_px = float(np.percentile(tall.height, SETTINGS.capital_percentile))
    left, right = float(line.left.min()), float(line.right.max())
    slope = 0.0
    middles = (tall.left + tall.right) / 2
    if right - left > SETTINGS.slope_length * capital_px and len(tall.left) > SETTINGS.slope_letters:
        # Descenders and hyphens are few: the median slope (Theil-Sen) ignores them.
        across, down = np.subtract.outer(middles, middles), np.subtract.outer(tall.bottom, tall.bottom)
        far = across > SETTINGS.slope_apart * capital_px
        if far.any():
            slope = float(np.clip(np.median(down[far] / across[far]), -SETTINGS.steepest, SETTINGS.steepest))
    baseline = float(np.median(tall.bottom - slope * (middles - left)))
    return left, right, baseline - capital_px / 2, slope, capital_px
