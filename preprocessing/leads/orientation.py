"""Pages that lie upside down, on their side or mirrored: turned until their print can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from preprocessing.errors import Notice
from preprocessing.leads.masks import PALE, stroke_masks
from preprocessing.leads.rows import find_rows
from preprocessing.lettering import PrintedName, find_lead_names, names_speak_for
from preprocessing.page import Page, Turn

# Scanners and hands turn pages more often than they mirror them.
TURNS = (Turn(2), Turn(1), Turn(3), Turn(0, mirrored=True))
# So many more names that agree tell one way up from another.
LEAST_SPEAKING, CLEARLY_MORE = 3.0, 2.0
LEAST_ROWS = 2

_TURNED = Notice("page_turned", "The page lies upside down or on its side in the picture, and was turned for reading.")
_MIRRORED = Notice("page_mirrored", "The picture shows the page mirrored; it was turned over for reading.")


def turned(page: Page, turn: Turn) -> Page:
    """Turn a page that nothing was done to yet but laying it flat."""
    upright = replace(
        page,
        rgb=turn.applied(page.rgb),
        px_per_mm_x=page.px_per_mm_y if turn.quarters % 2 else page.px_per_mm_x,
        px_per_mm_y=page.px_per_mm_x if turn.quarters % 2 else page.px_per_mm_y,
        rotation_deg=(page.rotation_deg + 90 * turn.quarters + 180) % 360 - 180,
        turn=turn,
        notices=(*page.notices, _MIRRORED if turn.mirrored else _TURNED),
    )
    upright.__dict__["ink"] = turn.applied(page.ink)
    return upright


def readable_way(page: Page, names: Sequence[PrintedName]) -> tuple[Page, tuple[PrintedName, ...]] | None:
    """Find the way up in which the page's lead names can be read, if that is not how it lies.

    Parameters
    ----------
    page : Page
    names : sequence of PrintedName
        What is read on it as it lies.

    Returns
    -------
    Page
        Turned.
    tuple of PrintedName
        What is read there.
    """
    least = max(LEAST_SPEAKING, names_speak_for(names) + CLEARLY_MORE)
    for turn in _likely(page):
        seen = find_lead_names(turn.applied(page.rgb), page.px_per_mm_x)
        if names_speak_for(seen) > least:
            return turned(page, turn), seen
    return None


def _likely(page: Page) -> list[Turn]:
    """Return the turns after which there would be rows of trace: print alone is no reason to look for names."""
    lines, _, demands = next(stroke_masks(page))
    pale = page.ink > PALE
    rows = {
        aside: max(
            find_rows(mask.T if aside else mask, page.px_per_mm_y, demands).baselines.size for mask in (lines, pale)
        )
        for aside in (False, True)
    }
    return [turn for turn in TURNS if rows[turn.quarters % 2 == 1] >= LEAST_ROWS]
