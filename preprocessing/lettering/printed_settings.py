"""The lines of print at a page's edges, and the paper speed and gain that they give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from preprocessing.lettering.config import SETTINGS
from preprocessing.lettering.glyph_windows import page_ink, printed_ink
from preprocessing.lettering.print_lines import PrintLine, lines_of, votes_of
from preprocessing.lettering.printed_line import settings_in


@dataclass(frozen=True)
class PrintedSettings:
    """Paper speed and gain as printed, None where not read; `confidence` in [0, 1] is that of the less certain one."""

    speed_mm_s: float | None
    gain_mm_mv: float | None
    confidence: float


def read_settings(rgb: np.ndarray, px_per_mm: float, print_map: np.ndarray | None = None) -> PrintedSettings:
    """Read paper speed and gain from the lines of print below and above the traces.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8
        An upright page.
    px_per_mm : float
        Its scale; an error of up to a quarter is harmless.
    print_map : ndarray, shape (any rows, any columns), uint8, optional
        How much of each part of the page is print, 255 for all. A dark grid joins letters; without it they stand apart.
    """
    best: dict[str, tuple[float, float]] = {}
    for ink, ink_px_per_mm in _inks(rgb, px_per_mm, print_map):
        for line in lines_of(ink, ink_px_per_mm, SETTINGS.word_gap):
            for name, (value, certainty) in _values(line).items():
                if certainty > best.get(name, (0.0, SETTINGS.least_certainty))[1]:
                    best[name] = value, certainty
            if len(best) == 2 and min(certainty for _, certainty in best.values()) > SETTINGS.sure:
                return _settings(best)
    return _settings(best)


def _inks(rgb: np.ndarray, px_per_mm: float, print_map: np.ndarray | None) -> Iterator[tuple[np.ndarray, float]]:
    """Yield the ink of each part of a page that may hold settings, with its scale: first that of print alone."""
    for top, bottom in SETTINGS.bands:
        part = rgb[int(top * len(rgb)) : int(np.ceil(bottom * len(rgb)))]
        ink, ink_px_per_mm = page_ink(part, px_per_mm, SETTINGS.enough_px_per_mm)
        if print_map is not None:
            print_part = print_map[int(top * len(print_map)) : int(np.ceil(bottom * len(print_map)))]
            yield printed_ink(ink, print_part, SETTINGS.print_share), ink_px_per_mm
        yield ink, ink_px_per_mm


def _settings(best: dict[str, tuple[float, float]]) -> PrintedSettings:
    speed, gain = best.get("speed"), best.get("gain")
    sure = min((certainty for _, certainty in best.values()), default=0.0)
    return PrintedSettings(speed[0] if speed else None, gain[0] if gain else None, sure)


def _values(line: PrintLine) -> dict[str, tuple[float, float]]:
    """Return what a line gives for ``speed`` and ``gain`` (`preprocessing.lettering.printed_line.settings_in`)."""
    votes = votes_of(line, settings_in, lambda text: "mm" in text, SETTINGS.views)
    return {name: max(values.items(), key=lambda vote: vote[1]) for name, values in votes.items()}
