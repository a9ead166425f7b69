"""A layout laid over the rows of a page, and what on the page speaks for it and against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from preprocessing.leads.columns import Columns
from preprocessing.leads.layout import LAYOUTS, PAGE_SECONDS, LeadBox, boxes_between
from preprocessing.leads.limb_law import law_on_page, leads_change
from preprocessing.leads.pulses import Pulses
from preprocessing.leads.rows import Rows, row_edges
from preprocessing.leads.runs import VerticalRuns
from preprocessing.lettering import PrintedName
from preprocessing.page import Page

# What columns are looked at for; a page that says another speed in print is believed.
SPEEDS_MM_S = (25.0, 50.0)
# Columns this close to the length that goes with a speed confirm it; further off than the second they deny it.
FITS_LENGTH, FAILS_LENGTH = 0.08, 0.3
# How far from the laws the limb leads of a page may be; between the two, the laws say nothing.
LAW_HOLDS, LAW_FAILS = 0.5, 0.85
LAW_ALONE = 0.7
LEAST_CONFIDENCE = 0.4
INKED, HARDLY_INKED = 0.7, 0.25
EVEN_ROWS = 0.45
# A name stands at the start of its lead, above, on or below the trace.
NAME_BEFORE, NAME_AFTER = 0.2, 0.45
NAME_SHIFTS = (0.0, 0.4, -0.4)
LEAST_NAMES, FEW_NAMES = 3, 2
PULSE_REACH, MOST_ROWS = 0.2, 0.75
STRIP_START = 0.3


@dataclass(frozen=True)
class Arrangement:
    """The leads of a page as one layout has them.

    Attributes
    ----------
    name : str
        One of `LAYOUTS`.
    rows : Rows
    columns : Columns
    boxes : tuple of LeadBox
    checks : dict of str to bool or None
        What was asked, and whether it agrees; None where it does not tell.
    pulses_at_left : bool
        Whether the calibration pulses stand before the leads: turned or mirrored, they would not.
    names : int
        How many more printed names agree than disagree.
    names_above_px : float
        By how much they stand above their rows.
    """

    name: str
    rows: Rows
    columns: Columns
    boxes: tuple[LeadBox, ...]
    checks: dict[str, bool | None]
    pulses_at_left: bool = False
    names: int = 0
    names_above_px: float = 0.0

    @property
    def confidence(self) -> float:
        """The share of the checks that agree, in [0, 1]; a silent one counts half."""
        return sum(0.5 if check is None else float(check) for check in self.checks.values()) / len(self.checks)

    @property
    def support(self) -> int:
        """How much speaks for these leads, to weigh them against others: a check weighs as much as two names."""
        return self.names + 2 * sum({True: 1, False: -1, None: 0}[check] for check in self.checks.values())

    @property
    def is_witnessed(self) -> bool:
        """Whether something else than the number of rows says that these are the leads, and nothing denies it."""
        says = self.checks.get
        if says("names") is False or says("filled") is False:
            return False
        # Names in their places outweigh an unusual length, and chest leads that happen to be like limb leads.
        if says("names"):
            return True
        if says("change") is False:
            return False
        lines = bool(says("pulses")) and (bool(says("dividers")) or self.names >= FEW_NAMES)
        # Lines of dirt may obey the laws by chance, if they are not much like rows of trace otherwise.
        law = bool(says("law")) and self.confidence > LAW_ALONE
        return says("scale") is not False and (law or lines or (bool(says("dividers")) and says("law") is None))

    @property
    def is_sound(self) -> bool:
        """Whether the leads can be taken for these."""
        return self.is_witnessed and self.confidence >= LEAST_CONFIDENCE

    @property
    def shows_its_order(self) -> bool:
        """Whether the page says which way up it is, and which side is left."""
        return bool(self.checks.get("names")) or (bool(self.checks["pulses"]) and self.pulses_at_left)


def arrange(
    name: str, page: Page, runs: VerticalRuns, rows: Rows, columns: Columns, pulses: Pulses | None, complete: bool
) -> Arrangement:
    """Lay a layout over rows and columns, and ask the page about it; its print is asked by `with_names`."""
    boxes = boxes_between(name, columns.edges, row_edges(rows.baselines))
    law = law_on_page(runs, boxes)
    said = True if law < LAW_HOLDS else False if law > LAW_FAILS else None
    if said and LAYOUTS[name].order != "standard":
        # The usual order needs no proof; another one has to fit clearly better.
        usual = law_on_page(runs, boxes_between(name.split()[0], columns.edges, row_edges(rows.baselines)))
        said = True if law < usual / 2 else None
    inked = np.array([_inked(runs, box) for box in boxes])
    checks = {
        "pulses": _pulses_agree(rows, pulses),
        "dividers": columns.even if columns.divided else None,
        "law": said,
        "scale": _scale_agrees(page, columns),
        "even": _even(np.diff(rows.baselines)),
        "complete": complete,
        "ink": bool(min(inked) > INKED),
        # A page that was cut off has leads without any ink.
        "filled": all(np.median(inked[in_column]) > HARDLY_INKED for in_column in _columns_of(boxes)),
        "change": leads_change(runs, boxes),
    }
    at_left = pulses is not None and pulses.right < columns.edges[0] + PULSE_REACH * (
        columns.edges[1] - columns.edges[0]
    )
    return Arrangement(name, rows, columns, boxes, checks, at_left)


def _columns_of(boxes: Sequence[LeadBox]) -> list[np.ndarray]:
    """Return a mask of the boxes, shape (boxes,), for each column of leads."""
    lefts = np.array([box.left if not box.is_strip else np.nan for box in boxes])
    return [lefts == left for left in np.unique(lefts[np.isfinite(lefts)])]


def with_names(arrangement: Arrangement, names: Sequence[PrintedName]) -> Arrangement:
    """Ask the printed names whether they stand where the arrangement has their leads.

    Names that stand a little above or below the rows all do so by the same amount.
    """
    form = LAYOUTS[arrangement.name]
    pitch = float(np.median(np.diff(arrangement.rows.baselines)))
    counts = [(*_agreeing(arrangement.boxes, names, shift * pitch), shift * pitch) for shift in NAME_SHIFTS]
    agree, others, columns, above_px = max(counts, key=lambda count: count[0] - count[1])
    said: bool | None = None
    # Half of a page shows the names of half of the columns.
    needed = max(min(2, form.columns), form.columns - 1)
    if agree >= LEAST_NAMES and agree >= 3 * others and columns >= needed:
        said = True
    elif others >= LEAST_NAMES and others >= agree:
        said = False
    checks = {**arrangement.checks, "names": said}
    return replace(arrangement, checks=checks, names=agree - others, names_above_px=above_px)


def _agreeing(boxes: Sequence[LeadBox], names: Sequence[PrintedName], shift_px: float) -> tuple[int, int, int]:
    """Count the names that stand in their lead's box, those that stand elsewhere, and the columns of the first."""
    agree = others = 0
    columns = set()
    for name in names:
        x, y = name.left, (name.top + name.bottom) / 2 + shift_px
        row = [box for box in boxes if box.top <= y < box.bottom]
        here = [box for box in row if -NAME_BEFORE < (x - box.left) / (box.right - box.left) < NAME_AFTER]
        if row and row[0].is_strip:
            # Any lead may be repeated, but its name stands at the start, and the augmented ones hardly ever are.
            at_start = x - row[0].left < NAME_AFTER * STRIP_START * (row[0].right - row[0].left)
            others += not at_start or name.lead.lower().strip("-").startswith("av")
        elif here:
            own = [box for box in here if box.lead == name.lead]
            agree, others = agree + bool(own), others + (not own)
            columns |= {box.left for box in own}
    return agree, others, len(columns)


def _pulses_agree(rows: Rows, pulses: Pulses | None) -> bool | None:
    """Whether the rows have their calibration pulses, and no other has; some machines print them elsewhere."""
    if pulses is None:
        return None
    reach = PULSE_REACH * float(np.median(np.diff(rows.baselines)))
    apart = np.abs(pulses.baselines[:, None] - rows.baselines)
    if (apart.min(axis=1) > reach).any():
        return False if (apart.min(axis=0) < reach).all() else None
    return True if (apart.min(axis=0) < reach).mean() >= MOST_ROWS else None


def speed_by_columns(page: Page, columns: Columns) -> float:
    """Return the paper speed, mm/s, if the page shows ten seconds, and its scale is right."""
    return (columns.edges[-1] - columns.edges[0]) / PAGE_SECONDS / page.px_per_mm_x


def _even(steps: np.ndarray) -> bool | None:
    """Whether rows are evenly spaced, as most machines print them; strips may stand apart."""
    return True if np.all(np.abs(steps / np.median(steps) - 1) < EVEN_ROWS) else None


def _scale_agrees(page: Page, columns: Columns) -> bool | None:
    if page.scale_from != "grid" or len(columns.edges) == 2:
        # Leads over the whole width may show more than ten seconds, or less.
        return None
    off = min(abs(speed_by_columns(page, columns) / speed - 1) for speed in SPEEDS_MM_S)
    return True if off < FITS_LENGTH else False if off > FAILS_LENGTH else None


def _inked(runs: VerticalRuns, box: LeadBox) -> float:
    """Return the share of a box's columns that hold ink."""
    inside = (runs.x >= box.left) & (runs.x < box.right) & (runs.bottom > box.top) & (runs.top < box.bottom)
    return np.unique(runs.x[inside]).size / max(1.0, box.right - box.left)
