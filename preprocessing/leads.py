"""The leads of a page, named and placed by whatever is printed there: rows, lines, pulses, names, and their laws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from preprocessing.arrangement import (
    FITS_SPEED,
    SPEEDS_MM_S,
    TRUSTED_NAME,
    Arrangement,
    arrange,
    speed_by_columns,
    with_names,
)
from preprocessing.columns import columns_by_names, find_columns, inked_ends
from preprocessing.dividers import find_dividers
from preprocessing.errors import EcgImageError, Notice
from preprocessing.ink import VerticalRuns, vertical_runs
from preprocessing.layout import LAYOUTS, Layout
from preprocessing.lead_words import PrintedName
from preprocessing.lettering import find_lead_names
from preprocessing.page import Page
from preprocessing.pulses import Pulses, find_pulses
from preprocessing.row_sets import row_sets
from preprocessing.rows import Demands, Rows, find_rows
from preprocessing.strips import named_strips
from preprocessing.strokes import stroke_masks

GAINS_MM_MV = (5.0, 10.0, 20.0)
FITS_GAIN = 0.12
LEAST_CONFIDENCE, SURE_CONFIDENCE, CLEARLY_MORE = 0.4, 0.85, 0.05
LEAST_ROWS = 3
# Where these agree, no paler strokes are looked at.
ENOUGH = ("names", "scale", "complete")


def find_leads(page: Page) -> tuple[Page, Layout]:
    """Find the leads of a flat, upright page.

    Returns
    -------
    Page
        The page with what its landmarks tell of speed, gain and, where there is no grid, scale.
    Layout

    Raises
    ------
    EcgImageError
        ``not_an_ecg``, ``not_12_lead`` or ``layout_unknown``.
    """
    looks: list[Look] = []
    best: tuple[Arrangement, Look] | None = None
    names: list[PrintedName] | None = None
    for lines, traces, demands in stroke_masks(page):
        look = Look.at(page, lines, traces, demands)
        looks.append(look)
        found = list(look.arrangements(page, names))
        clear = _is_clear(found)
        if not clear and names is None:
            names = [name for name in find_lead_names(page.rgb, page.px_per_mm_x) if name.confidence > TRUSTED_NAME]
            found = list(look.arrangements(page, names))
        top = max(found, key=_rank, default=None)
        if top is not None and (best is None or _rank(top) > _rank(best[0])):
            best = top, look
        if clear or (best is not None and all(best[0].checks.get(check) for check in ENOUGH)):
            break
    if best is None or not best[0].is_witnessed or best[0].confidence < LEAST_CONFIDENCE:
        raise _refusal(page, looks, None if best is None else best[0])
    arrangement, look = best
    page = _with_facts(page, look.pulses, arrangement)
    boxes = named_strips(arrangement.boxes, look.trace_runs, names or [], arrangement.names_above_px)
    notices = () if arrangement.columns.divided or len(arrangement.columns.edges) == 2 else (_COLUMNS_ASSUMED,)
    return page, Layout(arrangement.name, round(arrangement.confidence, 3), boxes, notices=notices)


@dataclass(frozen=True)
class Look:
    """What one choice of strokes shows: their runs, those of the traces, the rows and the calibration pulses."""

    runs: VerticalRuns
    trace_runs: VerticalRuns
    rows: Rows
    pulses: Pulses | None

    @classmethod
    def at(cls, page: Page, lines: np.ndarray, traces: np.ndarray, demands: Demands) -> Look:
        """Look at a page's strokes as `stroke_masks` gives them."""
        runs = vertical_runs(lines)
        trace_runs = runs if traces is lines else vertical_runs(traces)
        return cls(runs, trace_runs, find_rows(lines, page.px_per_mm_y, demands), find_pulses(runs, lines.shape[0]))

    def arrangements(self, page: Page, names: Sequence[PrintedName] | None = None) -> Iterator[Arrangement]:
        """Lay each layout that has as many rows over the page, and ask its print too where `names` is given."""
        for rows, complete in self._row_sets():
            forms = {name: form for name, form in LAYOUTS.items() if form.rows == rows.baselines.size}
            if not forms:
                continue
            ends = inked_ends(self.runs, rows, self.pulses, page.px_per_mm_x)
            dividers = find_dividers(self.runs, rows.baselines, self.pulses, max(2, round(page.px_per_mm_x)))
            for name, form in forms.items():
                columns = find_columns(form, dividers, ends)
                if names is not None:
                    columns = columns_by_names(form, columns, names)
                laid = arrange(name, page, self.trace_runs, rows, columns, self.pulses, complete)
                if names is not None:
                    laid = with_names(laid, names)
                # The usual order needs no proof, another one does.
                law = laid.checks["law"]
                if form.order == "standard" or law or (law is None and laid.checks.get("names")):
                    yield laid

    def _row_sets(self) -> Iterator[tuple[Rows, bool]]:
        sets = list(row_sets(self.rows))
        if self.pulses is not None:
            baselines = self.pulses.baselines
            ends = [np.full(baselines.size, float(end)) for end in (self.runs.x.min(), self.runs.x.max())]
            yield Rows(baselines, *ends), not sets or sets[0][0].baselines.size <= baselines.size
        yield from sets


def _rank(arrangement: Arrangement) -> tuple[bool, int]:
    return arrangement.is_witnessed, arrangement.support


def _is_clear(found: Sequence[Arrangement]) -> bool:
    """Whether one layout fits by far best, and all of its leads are known, without the page's print being asked."""
    ranked = sorted(found, key=_rank, reverse=True)
    if not ranked or not ranked[0].is_witnessed or not ranked[0].shows_its_order:
        return False
    if len(LAYOUTS[ranked[0].name].strips) > 1:
        return False
    others = [one.confidence for one in ranked if one.name != ranked[0].name]
    return ranked[0].confidence >= SURE_CONFIDENCE and ranked[0].confidence > max(others, default=0.0) + CLEARLY_MORE


_COLUMNS_ASSUMED = Notice(
    "columns_assumed",
    "No dividers are printed between the leads, so the rows were split into equal columns; check the boxes.",
)
_SCALE_FROM_COLUMNS = Notice(
    "scale_from_columns",
    "No millimetre grid was found, so the scale was taken from the columns, as ten seconds at 25 mm/s.",
)
_SCALE_DISAGREES = Notice(
    "scale_disagrees",
    "The grid and the length of the columns do not agree on a paper speed of 25 or 50 mm/s; 25 mm/s is assumed.",
)


def _refusal(page: Page, looks: Sequence[Look], best: Arrangement | None) -> EcgImageError:
    """Say what is wrong with a page that gave no layout."""
    rows = max((look.rows.baselines.size for look in looks[:2]), default=0)
    looks_printed = page.scale_from == "grid" or any(look.pulses is not None for look in looks)
    if best is not None and best.checks["scale"] is False:
        return EcgImageError(
            "not_12_lead",
            "The rows of trace are too short or too long for ten seconds of twelve leads; open the whole page.",
        )
    if rows == 0 or not looks_printed:
        return EcgImageError(
            "not_an_ecg",
            "No rows of ECG trace on squared paper were found in this picture; open a scan or an export of a 12-lead "
            "ECG report.",
        )
    if rows < LEAST_ROWS:
        return EcgImageError(
            "not_12_lead",
            f"Only {rows} row{'s' * (rows > 1)} of trace could be found, which is less than a 12-lead page; open the "
            "whole page.",
        )
    return EcgImageError(
        "layout_unknown",
        f"{rows} rows of trace were found, and nothing on the page says which leads they are; open the whole upright "
        f"page, uncropped, in one of the layouts {', '.join(LAYOUTS)}.",
    )


def _with_facts(page: Page, pulses: Pulses | None, arrangement: Arrangement) -> Page:
    """Fill in speed, gain and scale from the page's ten seconds and the pulse's one millivolt."""
    speed = speed_by_columns(page, arrangement.columns)
    if page.scale_from == "grid":
        fitting = [known for known in SPEEDS_MM_S if abs(speed / known - 1) < FITS_SPEED]
        if fitting:
            page = page.told(speed_mm_s=fitting[0], speed_from="columns")
        else:
            page = page.told(notices=(*page.notices, _SCALE_DISAGREES))
    else:
        px_per_mm = page.px_per_mm_x * speed / SPEEDS_MM_S[0]
        page = page.told(px_per_mm_x=px_per_mm, px_per_mm_y=px_per_mm, scale_from="columns")
        page = page.told(notices=(*page.notices, _SCALE_FROM_COLUMNS))
    if pulses is not None:
        for gain in GAINS_MM_MV:
            if abs(pulses.height_px / page.px_per_mm_y / gain - 1) < FITS_GAIN:
                page = page.told(gain_mm_mv=gain, gain_from="pulse")
    return page
