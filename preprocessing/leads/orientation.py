"""Pages upside down, on their side or mirrored: turned until their lead names can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from preprocessing.errors import Notice
from preprocessing.leads.masks import stroke_masks
from preprocessing.leads.rows import find_rows
from preprocessing.leads.search_config import ORIENTATION
from preprocessing.lettering import PrintedName, find_lead_names, upright_evidence
from preprocessing.page import Page, Turn

# In the order in which they are tried: pages are turned more often than mirrored.
TURNS = (Turn(2), Turn(1), Turn(3), Turn(0, mirrored=True))

_TURNED = Notice("page_turned", "The image was upside down or on its side. It was turned upright for reading.")
_MIRRORED = Notice("page_mirrored", "The image was mirrored. It was flipped for reading.")


def turned(page: Page, turn: Turn) -> Page:
    """Turn a page as `find_page` returned it: flat, with no leads found yet."""
    return replace(
        page,
        rgb=turn.applied(page.rgb),
        px_per_mm_x=page.px_per_mm_y if turn.quarters % 2 else page.px_per_mm_x,
        px_per_mm_y=page.px_per_mm_x if turn.quarters % 2 else page.px_per_mm_y,
        rotation_deg=(page.rotation_deg + 90 * turn.quarters + 180) % 360 - 180,
        turn=turn,
        notices=(*page.notices, _MIRRORED if turn.mirrored else _TURNED),
    )


def readable_way(page: Page, names: Sequence[PrintedName]) -> tuple[Page, tuple[PrintedName, ...]] | None:
    """Find the turn after which the page's lead names can be read, if the page needs one.

    Parameters
    ----------
    page : Page
    names : sequence of PrintedName
        The names read on the page before any turn.

    Returns
    -------
    Page
        The turned page.
    tuple of PrintedName
        The names read on it. None instead of both if no turn is clearly better.
    """
    least = max(ORIENTATION.agreement_min, upright_evidence(names) + ORIENTATION.clearly_more)
    for turn in _candidates(page):
        seen = find_lead_names(turn.applied(page.rgb), page.px_per_mm_x)
        if upright_evidence(seen) > least:
            return turned(page, turn), seen
    return None


def _candidates(page: Page) -> list[Turn]:
    """Return the turns that give rows of trace. Searching for names takes seconds and is spared for the others."""
    masks, demands = next(stroke_masks(page))
    rows = {
        sideways: find_rows(masks.traces.T if sideways else masks.traces, page.px_per_mm_y, demands).baselines.size
        for sideways in (False, True)
    }
    return [turn for turn in TURNS if rows[turn.quarters % 2 == 1] >= ORIENTATION.rows_min]
