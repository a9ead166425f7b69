"""Masks of a page's strokes, from the maps of its pixels, in passes from sure to faint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from preprocessing.leads.config import CLEAR, FADED, MASKS, RowDemands
from preprocessing.page import Page
from preprocessing.side_by_side import side_by_side


@dataclass(frozen=True)
class StrokeMasks:
    """Where a page's strokes lie, each a mask of shape (rows, columns), bool."""

    traces: np.ndarray
    pulses: np.ndarray
    dividers: np.ndarray


def stroke_masks(page: Page) -> Iterator[tuple[StrokeMasks, RowDemands]]:
    """Mark the strokes of a page in several passes; each accepts fainter strokes than the one before.

    Parameters
    ----------
    page : Page

    Yields
    ------
    StrokeMasks
    RowDemands
        What makes a row of trace in this pass.
    """
    shape = page.rgb.shape[:2]
    labels = ("trace", "pulse", "divider")
    shares = side_by_side(lambda label: page.maps.at_full_size(label, shape), labels)
    for level, demands in ((MASKS.sure, CLEAR), (MASKS.faint, CLEAR), (MASKS.faint, FADED)):
        # Dividers count from faint on: traces that cross them and grids beneath hide parts.
        yield StrokeMasks(shares[0] > level, shares[1] > level, shares[2] > MASKS.faint), demands
