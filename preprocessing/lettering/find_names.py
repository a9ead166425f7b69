"""The printed names of leads: where each stands on a page, and how surely it is one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from PIL import Image

from preprocessing.lettering.glyph_windows import page_ink
from preprocessing.lettering.lead_words import PrintedName
from preprocessing.lettering.name_agreement import ALONE, agreeing
from preprocessing.lettering.name_reading import apart, free_places, names_at, names_glimpsed, names_near
from preprocessing.lettering.name_search import promising_places
from preprocessing.lettering.pieces import letter_pieces

# Names are read as well at this resolution as at any higher one.
ENOUGH_PX_PER_MM = 5.0
# Capitals are sought at these heights, one after the other, when no names that stand free show theirs.
HEIGHTS_MM = (2.6, 3.4, 2.0, 4.4)
MOST_PLACES = 120
SURE, LIKELY = 0.9, 0.5
# So many names that say how high the page's letters are can be trusted.
ENOUGH_NAMES = 3


def find_lead_names(rgb: np.ndarray, px_per_mm: float) -> tuple[PrintedName, ...]:
    """Find and read the printed names of leads.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8
        An upright page.
    px_per_mm : float
        Its scale, good to about a quarter.

    Returns
    -------
    tuple of PrintedName
        From the top, then from the left; no two of them overlap.

    Notes
    -----
    Names that stand free are read where their letters are found. They show the height of the page's letters, and a
    window of that height then slides over all inked places for names that touch a trace or a divider.
    """
    darkness, small_px_per_mm = page_ink(rgb, px_per_mm, ENOUGH_PX_PER_MM)
    names = _names_on(darkness, small_px_per_mm)
    return tuple(_enlarged(name, px_per_mm / small_px_per_mm) for name in names)


def names_speak_for(names: Iterable[PrintedName]) -> float:
    """Return how strongly names say that their page stands upright: the confidence of those that others agree with.

    A page upside down shows hardly any; the names of the page and of its half-turn tell which is which.

    Examples
    --------
    >>> names_speak_for([PrintedName("V1", 10, 10, 30, 20, 0.9), PrintedName("V2", 10, 90, 30, 100, 0.3)])
    0.9
    """
    return sum(name.confidence for name in names if name.confidence > ALONE)


def _enlarged(name: PrintedName, times: float) -> PrintedName:
    sides = {side: times * getattr(name, side) for side in ("left", "top", "right", "bottom")}
    return replace(name, **sides)


def _names_on(darkness: np.ndarray, px_per_mm: float) -> tuple[PrintedName, ...]:
    ink = Image.fromarray(darkness)
    found = names_at(ink, free_places(letter_pieces(darkness, px_per_mm), px_per_mm))
    capital_px = _capital_px(found, SURE)
    for height_mm in HEIGHTS_MM:
        if capital_px is not None:
            break
        glimpsed = names_glimpsed(ink, promising_places(ink, height_mm * px_per_mm, MOST_PLACES))
        capital_px = _capital_px(agreeing(apart(found + glimpsed)), LIKELY)
    if capital_px is not None:
        found += names_near(ink, promising_places(ink, capital_px, MOST_PLACES))
    return agreeing(apart(found))


def _capital_px(names: Iterable[PrintedName], least: float) -> float | None:
    """Return the height of a page's capitals as its names show it; an I alone shows none."""
    heights = [name.capital_px for name in names if name.confidence > least and name.lead != "I"]
    return float(np.median(heights)) if len(heights) >= ENOUGH_NAMES else None
