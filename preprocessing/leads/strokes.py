"""One pass over a page's strokes, and the layouts that they allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import scipy

from preprocessing.budget import spend
from preprocessing.leads.arrangement import Arrangement, arrange, speed_by_columns, with_names
from preprocessing.leads.columns import Columns, columns_by_names, find_columns
from preprocessing.leads.config import RowDemands
from preprocessing.leads.dividers import find_dividers
from preprocessing.leads.layout import LAYOUTS
from preprocessing.leads.masks import StrokeMasks
from preprocessing.leads.pulses import Pulses, find_pulses
from preprocessing.leads.row_sets import row_sets
from preprocessing.leads.rows import Rows, find_rows
from preprocessing.leads.runs import VerticalRuns, vertical_runs
from preprocessing.leads.search_config import SEARCH
from preprocessing.lettering import PrintedName
from preprocessing.page import Page
from preprocessing.recorder_settings import MEASURABLE_SPEEDS_MM_S


@dataclass(frozen=True)
class Place:
    """A layout on some rows, whose columns were found without names; `arranged` holds what was computed, by columns."""

    name: str
    rows: Rows
    complete: bool
    columns: Columns
    arranged: dict[Columns, Arrangement]


@dataclass(frozen=True)
class Strokes:
    """One pass of strokes: their masks, the runs of traces and dividers, the rows and the calibration pulses.

    `placed` holds what `arrangements` placed, with and without names.
    """

    masks: StrokeMasks
    traces: VerticalRuns
    dividers: VerticalRuns
    rows: Rows
    pulses: Pulses | None
    placed: list[Place] = field(default_factory=list)

    @classmethod
    def of_masks(cls, page: Page, masks: StrokeMasks, demands: RowDemands, before: Strokes | None = None) -> Strokes:
        """Analyse one pass of `stroke_masks`; `before` is the pass before, whose masks may be the same."""
        rows = find_rows(masks.traces, page.px_per_mm_y, demands)
        if before is not None and before.masks is masks:
            return cls(masks, before.traces, before.dividers, rows, before.pulses)
        pulses = find_pulses(masks.pulses, page.px_per_mm_y)
        # Traces that cross a divider interrupt it, and on a page laid flat it wavers by a pixel.
        wide = masks.dividers.copy()
        wide[:, 1:] |= masks.dividers[:, :-1]
        wide[:, :-1] |= masks.dividers[:, 1:]
        columns = np.flatnonzero(wide.any(axis=0))
        reach = 1 + 2 * round(SEARCH.crossed_mm * page.px_per_mm_y / 2)
        joined = scipy.ndimage.maximum_filter1d(wide[:, columns], reach, axis=0)
        wide[:, columns] = scipy.ndimage.minimum_filter1d(joined, reach, axis=0)
        return cls(masks, vertical_runs(masks.traces), vertical_runs(wide), rows, pulses)

    def arrangements(self, page: Page, names: Sequence[PrintedName] | None = None) -> Iterator[Arrangement]:
        """Place each layout with as many rows on the page, and check it against printed names if `names` is given."""
        if not self.placed:
            self.placed.extend(self._placed(page))
        for place in self.placed:
            spend()
            form, columns = LAYOUTS[place.name], place.columns
            if names is not None and not are_ten_seconds(columns, page):
                columns = columns_by_names(form, columns, names)
            if columns.edges[-1] - columns.edges[0] < SEARCH.width_min * page.rgb.shape[1]:
                continue
            if columns not in place.arranged:
                place.arranged[columns] = arrange(
                    place.name, page, self.traces, place.rows, columns, self.pulses, place.complete
                )
            arrangement = place.arranged[columns]
            if names is not None:
                arrangement = with_names(arrangement, names)
            # The standard order needs no proof, another one does.
            law = arrangement.checks["law"]
            if form.order == "standard" or law or (law is None and arrangement.checks.get("names")):
                yield arrangement

    def _placed(self, page: Page) -> Iterator[Place]:
        for rows, complete in self._row_sets():
            forms = {name: form for name, form in LAYOUTS.items() if form.rows == rows.baselines.size}
            if not forms:
                continue
            dividers = find_dividers(self.dividers, rows.baselines, max(2, round(page.px_per_mm_x)))
            for name, form in forms.items():
                spend()
                yield Place(name, rows, complete, find_columns(form, dividers, rows, self.pulses, page), {})

    def _row_sets(self) -> Iterator[tuple[Rows, bool]]:
        sets = list(row_sets(self.rows))
        if self.pulses is not None and self.pulses.baselines.size >= SEARCH.pulse_rows_min:
            complete = not sets or sets[0][0].baselines.size <= self.pulses.baselines.size
            yield self._rows_at(self.pulses.baselines), complete
        yield from sets

    def _rows_at(self, baselines: np.ndarray) -> Rows:
        """Return rows at the baselines of the pulses, as long as the nearest rows of ink."""
        if not self.rows.baselines.size:
            whole = (
                np.full(baselines.size, float(self.traces.x.min())),
                np.full(baselines.size, float(self.traces.x.max())),
            )
            return Rows(baselines, *whole)
        nearest = np.abs(baselines[:, None] - self.rows.baselines).argmin(axis=1)
        return Rows(baselines, self.rows.left[nearest], self.rows.right[nearest])


def are_ten_seconds(columns: Columns, page: Page) -> bool:
    """Whether columns together are ten seconds long by the grid, at a usual speed."""
    if page.scale_from != "grid":
        return False
    speed = speed_by_columns(page, columns)
    return min(abs(speed / usual - 1) for usual in MEASURABLE_SPEEDS_MM_S) < SEARCH.exactly_ten_s
