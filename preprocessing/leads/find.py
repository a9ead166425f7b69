"""The leads of a page, named and placed by its landmarks: rows, dividers, pulses, printed names, limb-lead laws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from preprocessing.budget import limited
from preprocessing.errors import EcgImageError, Notice
from preprocessing.leads.arrangement import Arrangement
from preprocessing.leads.evidence import evidence_of
from preprocessing.leads.layout import LAYOUTS, Layout
from preprocessing.leads.layout_odds import probability
from preprocessing.leads.masks import stroke_masks
from preprocessing.leads.orientation import readable_way
from preprocessing.leads.rhythm_strips import named_strips
from preprocessing.leads.scale import scaled, timed_boxes
from preprocessing.leads.search_config import ODDS, SEARCH
from preprocessing.leads.strokes import Strokes, are_ten_seconds
from preprocessing.lettering import PrintedName, find_lead_names, read_settings
from preprocessing.page import Page
from preprocessing.picture import sharpness


@limited()
def find_leads(page: Page) -> tuple[Page, Layout]:
    """Find the leads of a flat, upright page.

    Returns
    -------
    Page
        The page with speed, gain and, if there is no grid, scale from its landmarks.
    Layout

    Raises
    ------
    EcgImageError
        ``not_an_ecg``, ``not_12_lead`` or ``layout_unknown``.
    """
    if not page.maps.show_a_page:
        raise _refusal(page, Found(None, (), None, None, 0, False))
    found = _search(page)
    is_sure = found.best is not None and found.best.is_sound and found.best.shows_its_order
    if not is_sure:
        other = readable_way(page, found.names or ())
        if other is not None:
            page, names = other
            found = _search(page, _trusted(names))
    if found.best is None or found.strokes is None or not found.best.is_sound:
        raise _refusal(page, found)
    arrangement, strokes = found.best, found.strokes
    printed = read_settings(page.rgb, page.px_per_mm_x, page.maps.of("print"))
    page, seconds = scaled(page, arrangement, strokes.pulses, printed)
    boxes = named_strips(arrangement.boxes, strokes.traces, found.names or [], arrangement.names_above_px)
    notices = () if _columns_are_known(arrangement, page) else (_COLUMNS_ASSUMED,)
    sure = probability(arrangement, found.candidates)
    if sure < ODDS.doubted:
        notices = (*notices, _doubted(sure))
    confidence = round(arrangement.confidence, 3)
    evidence = evidence_of(arrangement, strokes.pulses, found.names)
    placed = timed_boxes(boxes, seconds)
    return page, Layout(arrangement.name, confidence, placed, "standard", notices, seconds, evidence, sure)


@dataclass(frozen=True)
class Found:
    """Result of a search for leads.

    `best` is the best arrangement, `candidates` all of the pass that showed it, and `strokes` this pass. `names` are
    the printed names read with enough confidence; None if names were not searched. `most_rows` is the number of rows of
    trace in the darker passes, `has_pulses` whether calibration pulses were found.
    """

    best: Arrangement | None
    candidates: Sequence[Arrangement]
    strokes: Strokes | None
    names: list[PrintedName] | None
    most_rows: int
    has_pulses: bool


def _search(page: Page, names: list[PrintedName] | None = None) -> Found:
    """Examine a page's strokes in passes, from dark to pale, until its leads are clear."""
    passes: list[Strokes] = []
    best: Arrangement | None = None
    beside: Sequence[Arrangement] = ()
    best_strokes: Strokes | None = None
    for masks, demands in stroke_masks(page):
        strokes = Strokes.of_masks(page, masks, demands, passes[-1] if passes else None)
        passes.append(strokes)
        candidates = list(strokes.arrangements(page, names))
        clear = _is_clear(candidates)
        if candidates and not clear and names is None:
            names = _trusted(find_lead_names(page.rgb, page.px_per_mm_x))
            candidates = list(strokes.arrangements(page, names))
        top = max(candidates, key=_rank, default=None)
        if top is not None and (best is None or _rank(top) > _rank(best)):
            best, beside, best_strokes = top, candidates, strokes
        if clear or (best is not None and any(all(map(best.checks.get, checks)) for checks in SEARCH.enough)):
            break
    rows = max(strokes.rows.baselines.size for strokes in passes[:2])
    return Found(best, beside, best_strokes, names, rows, any(strokes.pulses is not None for strokes in passes))


def _trusted(names: Iterable[PrintedName]) -> list[PrintedName]:
    return [name for name in names if name.is_trusted]


def _rank(arrangement: Arrangement) -> tuple[bool, int]:
    return arrangement.is_confirmed, arrangement.support


def _is_clear(found: Sequence[Arrangement]) -> bool:
    """Whether one layout fits by far best and all of its leads are known without printed names."""
    ranked = sorted(found, key=_rank, reverse=True)
    if not ranked or not ranked[0].is_confirmed or not ranked[0].shows_its_order or not ranked[0].checks["law"]:
        return False
    if len(LAYOUTS[ranked[0].name].strips) > 1:
        return False
    others = [one.confidence for one in ranked if one.name != ranked[0].name]
    confidence, next_best = ranked[0].confidence, max(others, default=0.0)
    return confidence >= SEARCH.sure_confidence and confidence > next_best + SEARCH.clearly_more


def _columns_are_known(arrangement: Arrangement, page: Page) -> bool:
    """Whether something shows where columns meet: lines, gaps, or traces that are ten seconds long by the grid."""
    columns = arrangement.columns
    if columns.divided or len(columns.edges) == 2:
        return True
    confirmed = bool(arrangement.checks["law"] or arrangement.checks.get("names"))
    return confirmed and are_ten_seconds(columns, page)


_COLUMNS_ASSUMED = Notice(
    "columns_assumed",
    "No dividers are printed between the leads. The rows were split into equal columns; check the lead boxes.",
)


def _doubted(probability: float) -> Notice:
    return Notice(
        "layout_doubted",
        f"Another layout fits this page nearly as well ({probability:.0%} for this one), or a part is missing. Compare "
        "the lead names with the report, and set the layout by hand if they differ.",
    )


def _refusal(page: Page, found: Found) -> EcgImageError:
    """Return the reason why a page has no layout."""
    rows, best = found.most_rows, found.best
    if sharpness(page.gray) < SEARCH.sharpness_min:
        return EcgImageError(
            "too_blurred",
            "The image is too blurred to read the traces. Photograph the page again, held still and in focus.",
        )
    if rows == 0 or not (page.scale_from == "grid" or found.has_pulses):
        return EcgImageError(
            "not_an_ecg",
            "No rows of ECG trace on grid paper were found in this image. Open a photograph, scan or export of a "
            "12-lead ECG report.",
        )
    if rows < SEARCH.rows_min:
        return EcgImageError(
            "not_12_lead",
            f"Only {rows} row{'s' * (rows > 1)} of trace {'were' if rows > 1 else 'was'} found; a 12-lead page has at "
            f"least {SEARCH.rows_min}. Open the whole page.",
        )
    if best is not None and False in (best.checks["scale"], best.checks["filled"], best.checks["change"]):
        return EcgImageError(
            "not_12_lead",
            "The rows of trace do not show ten seconds of twelve leads. Open the whole page, uncropped.",
        )
    return EcgImageError(
        "layout_unknown",
        f"{rows} rows of trace were found, but nothing on the page shows which leads they are. Open the whole page, "
        f"uncropped, in one of the layouts {', '.join(LAYOUTS)}, or set the layout by hand.",
    )
