"""A layout placed on the rows of a page, and the checks that confirm or contradict it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from preprocessing.leads.columns import Columns
from preprocessing.leads.layout import LAYOUTS, PAGE_SECONDS, LeadBox, boxes_between
from preprocessing.leads.limb_law import leads_change, residual_on_page
from preprocessing.leads.pulses import Pulses
from preprocessing.leads.rows import Rows, row_edges
from preprocessing.leads.runs import VerticalRuns
from preprocessing.leads.search_config import ARRANGEMENT
from preprocessing.lettering import PrintedName
from preprocessing.page import Page
from preprocessing.recorder_settings import MEASURABLE_SPEEDS_MM_S


@dataclass(frozen=True)
class Arrangement:
    """The leads of a page under one layout.

    Attributes
    ----------
    name : str
        One of `LAYOUTS`.
    rows : Rows
    columns : Columns
    boxes : tuple of LeadBox
    checks : dict of str to bool or None
        Whether each check agrees; None where it gives no verdict.
    pulses_at_left : bool
        Whether the calibration pulses stand before the leads. On a turned or mirrored page they do not.
    names : int
        Printed names that agree, less those that disagree.
    names_above_px : float
        How far the names stand above their rows.
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
        """Share of the checks that agree, in [0, 1]; a check without a verdict counts half."""
        return sum(0.5 if check is None else float(check) for check in self.checks.values()) / len(self.checks)

    @property
    def support(self) -> int:
        """Checks and names that agree, less those that disagree, to rank arrangements of one page."""
        return self.names + ARRANGEMENT.check_weight * sum(
            {True: 1, False: -1, None: 0}[check] for check in self.checks.values()
        )

    @property
    def is_confirmed(self) -> bool:
        """Whether something other than the number of rows confirms the leads, and nothing contradicts them."""
        verdict = self.checks.get
        if verdict("names") is False or verdict("filled") is False:
            return False
        # Names in their places outweigh an unusual length and chest leads that resemble limb leads.
        if verdict("names"):
            return True
        if verdict("change") is False:
            return False
        divided = bool(verdict("dividers"))
        lines = bool(verdict("pulses")) and (divided or self.names >= ARRANGEMENT.names_few)
        # Lines of dirt may obey the laws by chance, but then little else agrees.
        law = bool(verdict("law")) and self.confidence > ARRANGEMENT.law_alone
        # Pages of other than ten seconds exist; then the laws and the pulses of all rows must both speak for the leads.
        fits = verdict("scale") is not False or (law and bool(verdict("pulses")))
        return fits and (law or lines or (divided and verdict("law") is None))

    @property
    def is_sound(self) -> bool:
        """Whether the arrangement can be accepted."""
        return self.is_confirmed and self.confidence >= ARRANGEMENT.confidence_min

    @property
    def shows_its_order(self) -> bool:
        """Whether the page shows which side is up and which is left."""
        return bool(self.checks.get("names")) or (bool(self.checks["pulses"]) and self.pulses_at_left)


def arrange(
    name: str, page: Page, runs: VerticalRuns, rows: Rows, columns: Columns, pulses: Pulses | None, complete: bool
) -> Arrangement:
    """Place a layout on rows and columns and check it against the page; `with_names` adds a check of printed names."""
    boxes = boxes_between(name, columns.edges, row_edges(rows.baselines), columns.ends)
    residual = residual_on_page(runs, boxes)
    law = True if residual < ARRANGEMENT.law_holds else False if residual > ARRANGEMENT.law_fails else None
    other = name.split()[0] if LAYOUTS[name].order != "standard" else f"{name} Cabrera"
    if law and other in LAYOUTS:
        turned = residual_on_page(runs, boxes_between(other, columns.edges, row_edges(rows.baselines), columns.ends))
        # Another order than the standard one must fit clearly better; then the standard one is not shown by the laws.
        if LAYOUTS[name].order == "standard":
            law = None if turned < residual / ARRANGEMENT.law_factor else True
        else:
            law = True if residual < turned / ARRANGEMENT.law_factor else None
    inked = np.array([_inked(runs, box) for box in boxes])
    checks = {
        "pulses": _pulses_agree(rows, pulses),
        "dividers": columns.even if columns.divided else None,
        "law": law,
        "scale": _scale_agrees(page, columns),
        "even": _even(np.diff(rows.baselines)),
        "complete": complete,
        "ink": bool(min(inked) > ARRANGEMENT.inked),
        # A cropped page has leads without ink.
        "filled": all(np.median(inked[in_column]) > ARRANGEMENT.hardly_inked for in_column in _columns_of(boxes)),
        "change": leads_change(runs, boxes),
    }
    width = columns.edges[1] - columns.edges[0]
    at_left = pulses is not None and pulses.right < columns.edges[0] + ARRANGEMENT.pulse_reach * width
    return Arrangement(name, rows, columns, boxes, checks, at_left)


def _columns_of(boxes: Sequence[LeadBox]) -> list[np.ndarray]:
    """Return a mask of the boxes, shape (boxes,), for each column of leads."""
    lefts = np.array([box.left if not box.is_strip else np.nan for box in boxes])
    return [lefts == left for left in np.unique(lefts[np.isfinite(lefts)])]


def with_names(arrangement: Arrangement, names: Sequence[PrintedName]) -> Arrangement:
    """Check whether printed names stand where the arrangement has their leads.

    Names that stand above or below their rows all do so by the same distance.
    """
    form = LAYOUTS[arrangement.name]
    pitch = float(np.median(np.diff(arrangement.rows.baselines)))
    counts = [(*_agreeing(arrangement.boxes, names, shift * pitch), shift * pitch) for shift in ARRANGEMENT.name_shifts]
    agree, others, columns, above_px = max(counts, key=lambda count: count[0] - count[1])
    verdict: bool | None = None
    # Half of a page shows the names of only half of the columns.
    needed = max(min(2, form.columns), form.columns - 1)
    if agree >= ARRANGEMENT.names_min and agree >= ARRANGEMENT.names_ratio * others and columns >= needed:
        verdict = True
    elif others >= ARRANGEMENT.names_min and others >= agree:
        verdict = False
    checks = {**arrangement.checks, "names": verdict}
    return replace(arrangement, checks=checks, names=agree - others, names_above_px=above_px)


def _agreeing(boxes: Sequence[LeadBox], names: Sequence[PrintedName], shift_px: float) -> tuple[int, int, int]:
    """Count the names in their lead's box, those elsewhere, and the columns of the first."""
    agree = others = 0
    before, after = -ARRANGEMENT.name_before, ARRANGEMENT.name_after
    columns = set()
    for name in names:
        x, y = name.left, (name.top + name.bottom) / 2 + shift_px
        row = [box for box in boxes if box.top <= y < box.bottom]
        here = [box for box in row if before < (x - box.left) / (box.right - box.left) < after]
        if row and row[0].is_strip:
            # Any lead may be repeated, augmented ones hardly ever; the name stands at the start.
            at_start = x - row[0].left < after * ARRANGEMENT.strip_start * (row[0].right - row[0].left)
            others += not at_start or name.lead.lower().strip("-").startswith("av")
        elif here:
            own = [box for box in here if box.lead == name.lead]
            agree, others = agree + bool(own), others + (not own)
            columns |= {box.left for box in own}
    return agree, others, len(columns)


def _pulses_agree(rows: Rows, pulses: Pulses | None) -> bool | None:
    """Whether the rows, and no others, have calibration pulses. Some recorders print pulses elsewhere."""
    if pulses is None:
        return None
    reach = ARRANGEMENT.pulse_reach * float(np.median(np.diff(rows.baselines)))
    apart = np.abs(pulses.baselines[:, None] - rows.baselines)
    if (apart.min(axis=1) > reach).any():
        return False if (apart.min(axis=0) < reach).all() else None
    return True if (apart.min(axis=0) < reach).mean() >= ARRANGEMENT.pulse_rows else None


def speed_by_columns(page: Page, columns: Columns) -> float:
    """Return the paper speed, mm/s, assuming that the page shows ten seconds and its scale is right."""
    return (columns.edges[-1] - columns.edges[0]) / PAGE_SECONDS / page.px_per_mm_x


def _even(steps: np.ndarray) -> bool | None:
    """Whether rows are evenly spaced, as most recorders print them; strips may stand apart."""
    return True if np.all(np.abs(steps / np.median(steps) - 1) < ARRANGEMENT.even_rows) else None


def _scale_agrees(page: Page, columns: Columns) -> bool | None:
    if page.scale_from != "grid" or len(columns.edges) == 2:
        # Leads over the whole width may show more or less than ten seconds.
        return None
    off = min(abs(speed_by_columns(page, columns) / speed - 1) for speed in MEASURABLE_SPEEDS_MM_S)
    return True if off < ARRANGEMENT.length_fits else False if off > ARRANGEMENT.length_fails else None


def _inked(runs: VerticalRuns, box: LeadBox) -> float:
    """Return the share of a box's columns with ink."""
    beside = runs.between(box.left, box.right)
    columns = beside.x[(beside.bottom > box.top) & (beside.top < box.bottom)]
    # The columns of runs ascend.
    return float(np.count_nonzero(np.diff(columns, prepend=-1)) / max(1.0, box.right - box.left))
