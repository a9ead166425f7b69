"""The leads of a measured page: found on it, cut at the article's pixels, or as a person set them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ecgviz.study.corrections import Corrections, corrected
from preprocessing.errors import Notice
from preprocessing.leads import Layout, find_leads, turned
from preprocessing.page import Page, Turn
from preprocessing.stages import article_crops

PRESETS = ("standard", "paper")

_CUT_AS_IT_CAME = Notice(
    "paper_crops_not_flat",
    "The article's crops are cut from the original image; the standard crops are cut after flattening and evening the "
    "light.",
)


def placed(page: Page, rgb: np.ndarray, preset: str, corrections: Corrections | None) -> tuple[Page, Layout]:
    """Place the leads of a page.

    Parameters
    ----------
    page : Page
        As `find_page` measured it.
    rgb : ndarray, shape (rows, columns, 3), uint8
        The decoded image.
    preset : str
        ``standard`` or ``paper``.
    corrections : Corrections or None
        As a person set them, whatever the preset.
    """
    if preset not in PRESETS:
        raise ValueError(f"preset must be one of {', '.join(PRESETS)}, not {preset!r}")
    if corrections is not None:
        return corrected(_as_turned(page, corrections.turn), corrections)
    if preset == "paper":
        return _as_it_came(page, rgb), article_crops(*rgb.shape[:2])
    return find_leads(page)


def _as_turned(page: Page, turn: Turn) -> Page:
    """Return a page as `find_page` measured it, turned as it was when a person set its leads."""
    return page if turn == page.turn else turned(page, turn)


def _as_it_came(page: Page, rgb: np.ndarray) -> Page:
    """Return the original image as a page: the article's crops are cut at pixels of the file."""
    if page.is_as_decoded:
        return page
    return replace(page.as_decoded(rgb), notices=(*page.notices, _CUT_AS_IT_CAME))
