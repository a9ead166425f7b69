"""The leads of a page, named and placed by whatever is printed there: rows, lines, pulses, names, and their laws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from preprocessing.errors import EcgImageError, Notice
from preprocessing.leads.arrangement import Arrangement, arrange, with_names
from preprocessing.leads.columns import columns_by_names, find_columns, inked_ends
from preprocessing.leads.dividers import find_dividers
from preprocessing.leads.layout import LAYOUTS, Layout
from preprocessing.leads.masks import stroke_masks
from preprocessing.leads.orientation import readable_way
from preprocessing.leads.pulses import Pulses, find_pulses
from preprocessing.leads.rhythm_strips import named_strips
from preprocessing.leads.row_sets import row_sets
from preprocessing.leads.rows import Demands, Rows, find_rows
from preprocessing.leads.runs import VerticalRuns, vertical_runs
from preprocessing.leads.scale import timed_boxes, told_by
from preprocessing.lettering import TRUSTED_NAME, PrintedName, find_lead_names, read_settings
from preprocessing.page import Page
from preprocessing.picture import sharpness

SURE_CONFIDENCE, CLEARLY_MORE = 0.85, 0.05
# Leads take up most of a page's width, a border around it included.
LEAST_SHARE = 0.3
WAVER_MM = 0.3
NEAR_ROW = 0.25
# Below this nothing in a picture is finer than a few pixels.
LEAST_SHARPNESS = 0.2
LEAST_ROWS = 3
# Where all of one of these agree, no paler strokes are looked at.
ENOUGH = (("names", "scale", "complete"), ("law", "pulses", "complete"))


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
    found = _search(page)
    if found.best is None or not found.best.is_sound or not found.best.shows_its_order:
        other = readable_way(page, found.names or ())
        if other is not None:
            page, names = other
            found = _search(page, _trusted(names))
    if found.best is None or found.look is None or not found.best.is_sound:
        raise _refusal(page, found)
    arrangement, look = found.best, found.look
    page, seconds = told_by(page, arrangement, look.pulses, read_settings(page.rgb, page.px_per_mm_x))
    boxes = named_strips(arrangement.boxes, look.trace_runs, found.names or [], arrangement.names_above_px)
    notices = () if arrangement.columns.divided or len(arrangement.columns.edges) == 2 else (_COLUMNS_ASSUMED,)
    confidence = round(arrangement.confidence, 3)
    return page, Layout(arrangement.name, confidence, timed_boxes(boxes, seconds), notices=notices, seconds=seconds)


@dataclass(frozen=True)
class Found:
    """What a search for leads came to.

    `names` are the printed ones that can be trusted, None where print was not asked; `most_rows` is how many rows of
    trace the darker strokes show, `has_pulses` whether calibration pulses were seen.
    """

    best: Arrangement | None
    look: Look | None
    names: list[PrintedName] | None
    most_rows: int
    has_pulses: bool


def _search(page: Page, names: list[PrintedName] | None = None) -> Found:
    """Look at a page's strokes, paler and paler ones, until its leads are clear."""
    looks: list[Look] = []
    best: Arrangement | None = None
    at: Look | None = None
    for lines, traces, demands in stroke_masks(page):
        look = Look.at(page, lines, traces, demands)
        looks.append(look)
        seen = list(look.arrangements(page, names))
        clear = _is_clear(seen)
        if seen and not clear and names is None:
            names = _trusted(find_lead_names(page.rgb, page.px_per_mm_x))
            seen = list(look.arrangements(page, names))
        top = max(seen, key=_rank, default=None)
        if top is not None and (best is None or _rank(top) > _rank(best)):
            best, at = top, look
        if clear or (best is not None and any(all(map(best.checks.get, checks)) for checks in ENOUGH)):
            break
    rows = max(look.rows.baselines.size for look in looks[:2])
    return Found(best, at, names, rows, any(look.pulses is not None for look in looks))


def _trusted(names: Iterable[PrintedName]) -> list[PrintedName]:
    return [name for name in names if name.confidence > TRUSTED_NAME]


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
        rows = find_rows(lines, page.px_per_mm_y, demands)
        pulses = find_pulses(runs, lines.shape[0])
        if pulses is None and page.flattening is not None:
            # What was laid flat wavers by a pixel or two, and edges of pulses no longer share a column.
            wide = scipy.ndimage.maximum_filter1d(lines, 1 + 2 * round(WAVER_MM * page.px_per_mm_x), axis=1)
            pulses = find_pulses(vertical_runs(wide), lines.shape[0])
            if pulses is not None and not _are_at(rows, pulses, WAVER_MM * page.px_per_mm_y):
                pulses = None
        return cls(runs, trace_runs, rows, pulses)

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
                if columns.edges[-1] - columns.edges[0] < LEAST_SHARE * page.rgb.shape[1]:
                    continue
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
            complete = not sets or sets[0][0].baselines.size <= self.pulses.baselines.size
            yield self._rows_at(self.pulses.baselines), complete
        yield from sets

    def _rows_at(self, baselines: np.ndarray) -> Rows:
        """Return rows at the baselines of the pulses, as long as the rows of ink that lie there."""
        if not self.rows.baselines.size:
            whole = np.full(baselines.size, float(self.runs.x.min())), np.full(baselines.size, float(self.runs.x.max()))
            return Rows(baselines, *whole)
        nearest = np.abs(baselines[:, None] - self.rows.baselines).argmin(axis=1)
        return Rows(baselines, self.rows.left[nearest], self.rows.right[nearest])


def _are_at(rows: Rows, pulses: Pulses, slack_px: float) -> bool:
    """Whether pulses stand on rows: strokes that only look like pulses hardly do."""
    if not rows.baselines.size:
        return False
    apart = np.abs(pulses.baselines[:, None] - rows.baselines).min(axis=1)
    return bool((apart < NEAR_ROW * pulses.height_px + slack_px).all())


def _rank(arrangement: Arrangement) -> tuple[bool, int]:
    return arrangement.is_witnessed, arrangement.support


def _is_clear(found: Sequence[Arrangement]) -> bool:
    """Whether one layout fits by far best, and all of its leads are known, without the page's print being asked."""
    ranked = sorted(found, key=_rank, reverse=True)
    if not ranked or not ranked[0].is_witnessed or not ranked[0].shows_its_order or not ranked[0].checks["law"]:
        return False
    if len(LAYOUTS[ranked[0].name].strips) > 1:
        return False
    others = [one.confidence for one in ranked if one.name != ranked[0].name]
    return ranked[0].confidence >= SURE_CONFIDENCE and ranked[0].confidence > max(others, default=0.0) + CLEARLY_MORE


_COLUMNS_ASSUMED = Notice(
    "columns_assumed",
    "No dividers are printed between the leads, so the rows were split into equal columns; check the boxes.",
)


def _refusal(page: Page, found: Found) -> EcgImageError:
    """Say what is wrong with a page that gave no layout."""
    rows, best = found.most_rows, found.best
    if sharpness(page.gray) < LEAST_SHARPNESS:
        return EcgImageError(
            "too_blurred",
            "The picture is too blurred to read traces in it; photograph the page again, held still and in focus.",
        )
    if rows == 0 or not (page.scale_from == "grid" or found.has_pulses):
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
    if best is not None and False in (best.checks["scale"], best.checks["filled"], best.checks["change"]):
        return EcgImageError(
            "not_12_lead",
            "The rows of trace do not show all of ten seconds of twelve leads; open the whole page, uncropped.",
        )
    return EcgImageError(
        "layout_unknown",
        f"{rows} rows of trace were found, and nothing on the page says which leads they are; open the whole page, "
        f"uncropped, in one of the layouts {', '.join(LAYOUTS)}, or set the layout by hand.",
    )
