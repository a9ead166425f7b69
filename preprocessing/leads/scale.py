"""Speed, gain and scale of a page, from its grid, columns, pulses and print, and where these disagree."""

from __future__ import annotations

from dataclasses import replace

from preprocessing.errors import Notice
from preprocessing.leads.arrangement import Arrangement
from preprocessing.leads.layout import PAGE_SECONDS, LeadBox
from preprocessing.leads.pulses import Pulses
from preprocessing.leads.search_config import ARRANGEMENT, SCALE
from preprocessing.lettering import PrintedSettings
from preprocessing.page import Page
from preprocessing.recorder_settings import (
    MEASURABLE_GAINS_MM_MV,
    MEASURABLE_SPEEDS_MM_S,
    USUAL_GAIN_MM_MV,
    USUAL_SPEED_MM_S,
)

# A page at 50 mm/s may show half of the usual ten seconds.
HALF_PAGE_SECONDS = 5.0

SCALE_FROM_COLUMNS = Notice(
    "scale_from_columns",
    "No millimetre grid was found. The scale was set so that the columns span ten seconds; check it before measuring.",
)
_SCALE_DISAGREES = Notice(
    "scale_disagrees",
    "Grid and columns fit no usual paper speed. Check the speed before measuring.",
)
_GRID_DOUBTED = Notice(
    "scale_disagrees",
    "The grid was measured coarser or finer than ten seconds of columns allow. The scale was taken from the columns; "
    "check it before measuring.",
)


def scaled(page: Page, arrangement: Arrangement, pulses: Pulses | None, printed: PrintedSettings) -> tuple[Page, float]:
    """Set speed, gain and scale of a page.

    Parameters
    ----------
    page : Page
    arrangement : Arrangement
        Its leads. On most pages they span ten seconds.
    pulses : Pulses or None
        Its calibration pulses of one millivolt.
    printed : PrintedSettings
        Speed and gain in its lines of print.

    Returns
    -------
    Page
    float
        Seconds that the page shows from left to right.
    """
    width_px = arrangement.columns.edges[-1] - arrangement.columns.edges[0]
    sure = printed.confidence > SCALE.print_min
    speed = printed.speed_mm_s if sure else None
    if page.scale_from != "grid":
        seconds = _seconds_by_pulses(page, width_px, pulses, printed) if sure else PAGE_SECONDS
        page = _scaled_by_columns(page, width_px, seconds, speed, SCALE_FROM_COLUMNS)
    else:
        by_pulses = pulses.height_px / (printed.gain_mm_mv or USUAL_GAIN_MM_MV) if pulses is not None else None
        page, seconds = _timed(page, width_px, speed, len(arrangement.columns.edges) == 2, by_pulses)
    return _calibrated(page, pulses, printed.gain_mm_mv if sure else None), seconds


def timed_boxes(boxes: tuple[LeadBox, ...], seconds: float) -> tuple[LeadBox, ...]:
    """Rescale the start times of boxes from a page of ten seconds to a page of `seconds`."""
    return tuple(replace(box, start_s=box.start_s * seconds / PAGE_SECONDS) for box in boxes)


def fits_length(seconds: float, expected_s: float) -> bool:
    """Return whether a length read off a page can be the expected one.

    Examples
    --------
    >>> fits_length(9.6, 10.0), fits_length(8.5, 10.0)
    (True, False)
    """
    return abs(seconds / expected_s - 1) < ARRANGEMENT.length_fits


def other_page_seconds(seconds: float, one_column: bool) -> float | None:
    """Return how long a page is that does not show ten seconds; None where only an error of the scale explains it.

    About half of ten seconds are exactly half: that shows where traces begin that their pulses hide. A single column
    may have any length.

    Examples
    --------
    >>> other_page_seconds(4.9, False), other_page_seconds(7.0, True), other_page_seconds(7.0, False)
    (5.0, 7.0, None)
    """
    if fits_length(seconds, HALF_PAGE_SECONDS):
        return HALF_PAGE_SECONDS
    return seconds if one_column else None


def _seconds_by_pulses(page: Page, width_px: float, pulses: Pulses | None, printed: PrintedSettings) -> float:
    """Return how long a page without a grid is: five seconds where its pulses and print say so, else ten."""
    if pulses is None or not printed.gain_mm_mv or not printed.speed_mm_s:
        return PAGE_SECONDS
    px_per_mm = pulses.height_px / printed.gain_mm_mv * page.px_per_mm_x / page.px_per_mm_y
    half = fits_length(width_px / px_per_mm / printed.speed_mm_s, HALF_PAGE_SECONDS)
    return HALF_PAGE_SECONDS if half else PAGE_SECONDS


def _scaled_by_columns(page: Page, width_px: float, seconds: float, speed_mm_s: float | None, notice: Notice) -> Page:
    speed = speed_mm_s or USUAL_SPEED_MM_S
    px_per_mm = width_px / seconds / speed
    return page.with_facts(
        px_per_mm_x=px_per_mm,
        px_per_mm_y=px_per_mm * page.px_per_mm_y / page.px_per_mm_x,
        scale_from="columns",
        speed_mm_s=speed,
        speed_from="print" if speed_mm_s else "assumed",
        notices=(*page.notices, notice),
    )


def _timed(
    page: Page, width_px: float, printed_mm_s: float | None, one_column: bool, pulses_px_per_mm: float | None
) -> tuple[Page, float]:
    """Set the speed of a page with a grid, and return the seconds that it shows."""
    width_mm = width_px / page.px_per_mm_x
    fitting = next((speed for speed in MEASURABLE_SPEEDS_MM_S if fits_length(width_mm / speed, PAGE_SECONDS)), None)
    if printed_mm_s is not None:
        page = page.with_facts(speed_mm_s=printed_mm_s, speed_from="print")
        seconds = width_mm / printed_mm_s
        if fitting == printed_mm_s:
            return page.with_facts(speed_from="columns"), PAGE_SECONDS
        shown = other_page_seconds(seconds, one_column)
        if shown is not None:
            return page, shown
    elif fitting is not None:
        return page.with_facts(speed_mm_s=fitting, speed_from="columns"), PAGE_SECONDS
    if one_column:
        return page, width_mm / page.speed_mm_s
    # Small dots of a coarse picture beat with its pixels, and that beat may pass for the grid.
    columns_px_per_mm = width_px / PAGE_SECONDS / (printed_mm_s or USUAL_SPEED_MM_S)
    beats = pulses_px_per_mm is not None and abs(pulses_px_per_mm / columns_px_per_mm - 1) < SCALE.witnesses_agree
    if beats or fits_length(2 * width_mm / page.speed_mm_s, PAGE_SECONDS):
        return _scaled_by_columns(page, width_px, PAGE_SECONDS, printed_mm_s, _GRID_DOUBTED), PAGE_SECONDS
    return page.with_facts(notices=(*page.notices, _SCALE_DISAGREES)), PAGE_SECONDS


def _calibrated(page: Page, pulses: Pulses | None, printed_mm_mv: float | None) -> Page:
    """Set the gain from the pulses, or from print if there are none."""
    if pulses is not None:
        height_mm = pulses.height_px / page.px_per_mm_y
        measured = next((gain for gain in MEASURABLE_GAINS_MM_MV if abs(height_mm / gain - 1) < SCALE.gain_slack), None)
        if measured is not None:
            page = page.with_facts(gain_mm_mv=measured, gain_from="pulse")
            if printed_mm_mv is not None and printed_mm_mv != measured:
                page = page.with_facts(notices=(*page.notices, _gain_disagrees(printed_mm_mv, measured)))
            return page
        page = page.with_facts(notices=(*page.notices, _pulse_disagrees(height_mm)))
    if printed_mm_mv is not None:
        return page.with_facts(gain_mm_mv=printed_mm_mv, gain_from="print")
    return page.with_facts(notices=(*page.notices, _gain_assumed(page.gain_mm_mv))) if pulses is None else page


def _gain_disagrees(printed_mm_mv: float, measured_mm_mv: float) -> Notice:
    return Notice(
        "gain_disagrees",
        f"The page prints {printed_mm_mv:g} mm/mV, but its calibration pulse is {measured_mm_mv:g} mm high. The gain "
        "was taken from the pulse; check it before measuring amplitudes.",
    )


def _gain_assumed(mm_mv: float) -> Notice:
    return Notice(
        "gain_assumed",
        f"The page shows no calibration pulse and no gain. {mm_mv:g} mm/mV was assumed; check it before measuring "
        "amplitudes.",
    )


def _pulse_disagrees(height_mm: float) -> Notice:
    return Notice(
        "pulse_disagrees",
        f"The calibration pulse is {height_mm:.1f} mm high, which fits no usual gain. Scale or gain may be wrong; "
        "check both before measuring.",
    )
