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
    for level, passes in ((MASKS.sure, (CLEAR,)), (MASKS.faint, (CLEAR, FADED))):
        # Dividers count from faint on: traces that cross them and grids beneath hide parts.
        levels = (("trace", level), ("pulse", level), ("divider", MASKS.faint))
        masks = StrokeMasks(*side_by_side(lambda one: page.maps.above(one[1], one[0], shape), levels))
        for demands in passes:
            yield masks, demands
