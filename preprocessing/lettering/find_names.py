"""The printed names of leads: where each stands on a page, and with what confidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from PIL import Image

from preprocessing.lettering.components import letter_components
from preprocessing.lettering.config import AGREEMENT, NAMES
from preprocessing.lettering.glyph_windows import page_ink
from preprocessing.lettering.lead_words import PrintedName
from preprocessing.lettering.name_agreement import weighed_by_agreement
from preprocessing.lettering.name_reading import (
    free_standing_places,
    names_at,
    names_in_one_window,
    names_near,
    without_overlaps,
)
from preprocessing.lettering.name_search import candidate_places


def find_lead_names(rgb: np.ndarray, px_per_mm: float) -> tuple[PrintedName, ...]:
    """Find and read the printed names of leads.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8
        An upright page.
    px_per_mm : float
        Its scale; an error of up to a quarter is harmless.

    Returns
    -------
    tuple of PrintedName
        From top to bottom, then from left to right; no two of them overlap.

    Notes
    -----
    Free-standing names are read where their letters are found. They show the height of the page's capitals; a window
    of that height then slides over all inked places and finds names that touch a trace or a divider.
    """
    darkness, small_px_per_mm = page_ink(rgb, px_per_mm, NAMES.enough_px_per_mm)
    names = _names_on(darkness, small_px_per_mm)
    return tuple(_enlarged(name, px_per_mm / small_px_per_mm) for name in names)


def upright_evidence(names: Iterable[PrintedName]) -> float:
    """Return how strongly names show that their page is upright: the summed confidence of those that others support.

    A page upside down has hardly any; comparing a page with its half-turn shows which of them is upright.

    Examples
    --------
    >>> upright_evidence([PrintedName("V1", 10, 10, 30, 20, 0.9), PrintedName("V2", 10, 90, 30, 100, 0.3)])
    0.9
    """
    return sum(name.confidence for name in names if name.confidence > AGREEMENT.alone)


def _enlarged(name: PrintedName, times: float) -> PrintedName:
    sides = {side: times * getattr(name, side) for side in ("left", "top", "right", "bottom")}
    return replace(name, **sides)


def _names_on(darkness: np.ndarray, px_per_mm: float) -> tuple[PrintedName, ...]:
    ink = Image.fromarray(darkness)
    found = names_at(ink, free_standing_places(letter_components(darkness, px_per_mm), px_per_mm))
    capital_px = _capital_px(found, NAMES.sure)
    for height_mm in NAMES.heights_mm:
        if capital_px is not None:
            break
        read = names_in_one_window(ink, candidate_places(ink, height_mm * px_per_mm, NAMES.most_places))
        capital_px = _capital_px(weighed_by_agreement(without_overlaps(found + read)), NAMES.likely)
    if capital_px is not None:
        found += names_near(ink, candidate_places(ink, capital_px, NAMES.most_places))
    return weighed_by_agreement(without_overlaps(found))


def _capital_px(names: Iterable[PrintedName], least: float) -> float | None:
    """Return the height of a page's capitals by its names, None where too few show it; an I looks like any stroke."""
    heights = [name.capital_px for name in names if name.confidence > least and name.lead != "I"]
    return float(np.median(heights)) if len(heights) >= NAMES.enough_names else None
