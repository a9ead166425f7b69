"""What a page says of its speed, gain and scale, where it says it, and where it contradicts itself."""

from __future__ import annotations

from dataclasses import replace

from preprocessing.errors import Notice
from preprocessing.leads.arrangement import FITS_LENGTH, SPEEDS_MM_S, Arrangement
from preprocessing.leads.layout import PAGE_SECONDS, LeadBox
from preprocessing.leads.pulses import Pulses
from preprocessing.lettering import PrintedSettings
from preprocessing.page import Page

# What recorders are set to when nobody says otherwise.
USUAL_SPEED_MM_S = 25.0
# Gains that the height of a pulse can tell, and how near it must come to one.
GAINS_MM_MV, FITS_GAIN = (5.0, 10.0, 20.0), 0.12
TRUSTED_PRINT = 0.5
# A page at 50 mm/s may show half of the usual seconds.
HALF_PAGE_SECONDS = 5.0

_SCALE_FROM_COLUMNS = Notice(
    "scale_from_columns",
    "No millimetre grid was found, so the scale was taken from the columns, as ten seconds.",
)
_SCALE_DISAGREES = Notice(
    "scale_disagrees",
    "The grid and the length of the columns do not agree on any usual paper speed; check the speed before measuring.",
)
_GRID_DOUBTED = Notice(
    "scale_disagrees",
    "The grid seems twice as coarse as ten seconds of columns say; the columns were believed.",
)


def told_by(
    page: Page, arrangement: Arrangement, pulses: Pulses | None, printed: PrintedSettings
) -> tuple[Page, float]:
    """Fill in speed, gain and scale.

    Parameters
    ----------
    page : Page
    arrangement : Arrangement
        Its leads, which span ten seconds on most pages.
    pulses : Pulses or None
        Its calibration pulses of one millivolt.
    printed : PrintedSettings
        What its lines of print say.

    Returns
    -------
    Page
    float
        How many seconds the page shows from left to right.
    """
    width_px = arrangement.columns.edges[-1] - arrangement.columns.edges[0]
    sure = printed.confidence > TRUSTED_PRINT
    speed = printed.speed_mm_s if sure else None
    if page.scale_from != "grid":
        page, seconds = _scaled_by_columns(page, width_px, speed, _SCALE_FROM_COLUMNS), PAGE_SECONDS
    else:
        page, seconds = _timed(page, width_px, speed, len(arrangement.columns.edges) == 2)
    return _calibrated(page, pulses, printed.gain_mm_mv if sure else None), seconds


def timed_boxes(boxes: tuple[LeadBox, ...], seconds: float) -> tuple[LeadBox, ...]:
    """Set the boxes of a page of ten seconds to a page of so many."""
    return tuple(replace(box, start_s=box.start_s * seconds / PAGE_SECONDS) for box in boxes)


def _scaled_by_columns(page: Page, width_px: float, speed_mm_s: float | None, why: Notice) -> Page:
    speed = speed_mm_s or USUAL_SPEED_MM_S
    px_per_mm = width_px / PAGE_SECONDS / speed
    return page.told(
        px_per_mm_x=px_per_mm,
        px_per_mm_y=px_per_mm * page.px_per_mm_y / page.px_per_mm_x,
        scale_from="columns",
        speed_mm_s=speed,
        speed_from="print" if speed_mm_s else "assumed",
        notices=(*page.notices, why),
    )


def _timed(page: Page, width_px: float, printed_mm_s: float | None, one_column: bool) -> tuple[Page, float]:
    """Set the speed of a page with a grid, and say how many seconds it shows."""
    width_mm = width_px / page.px_per_mm_x
    fitting = next((speed for speed in SPEEDS_MM_S if _near(width_mm / speed, PAGE_SECONDS)), None)
    if printed_mm_s is not None:
        page = page.told(speed_mm_s=printed_mm_s, speed_from="print")
        seconds = width_mm / printed_mm_s
        if fitting == printed_mm_s:
            return page.told(speed_from="columns"), PAGE_SECONDS
        if one_column or _near(seconds, HALF_PAGE_SECONDS):
            return page, seconds
    elif fitting is not None:
        return page.told(speed_mm_s=fitting, speed_from="columns"), PAGE_SECONDS
    if one_column:
        return page, width_mm / page.speed_mm_s
    if _near(2 * width_mm / page.speed_mm_s, PAGE_SECONDS):
        return _scaled_by_columns(page, width_px, printed_mm_s, _GRID_DOUBTED), PAGE_SECONDS
    return page.told(notices=(*page.notices, _SCALE_DISAGREES)), PAGE_SECONDS


def _calibrated(page: Page, pulses: Pulses | None, printed_mm_mv: float | None) -> Page:
    """Set the gain by the pulses, and by print where there are none."""
    if pulses is not None:
        height_mm = pulses.height_px / page.px_per_mm_y
        measured = next((gain for gain in GAINS_MM_MV if abs(height_mm / gain - 1) < FITS_GAIN), None)
        if measured is not None:
            page = page.told(gain_mm_mv=measured, gain_from="pulse")
            if printed_mm_mv is not None and printed_mm_mv != measured:
                page = page.told(notices=(*page.notices, _gain_disagrees(printed_mm_mv, measured)))
            return page
        page = page.told(notices=(*page.notices, _pulse_disagrees(height_mm)))
    if printed_mm_mv is not None:
        return page.told(gain_mm_mv=printed_mm_mv, gain_from="print")
    return page.told(notices=(*page.notices, _gain_assumed(page.gain_mm_mv))) if pulses is None else page


def _gain_disagrees(printed_mm_mv: float, measured_mm_mv: float) -> Notice:
    return Notice(
        "gain_disagrees",
        f"The page says {printed_mm_mv:g} mm/mV, but its calibration pulse is {measured_mm_mv:g} mm high, which was "
        "believed.",
    )


def _gain_assumed(mm_mv: float) -> Notice:
    return Notice(
        "gain_assumed",
        f"No calibration pulse and no print tells the gain, so {mm_mv:g} mm/mV was assumed; check it before measuring "
        "heights.",
    )


def _pulse_disagrees(height_mm: float) -> Notice:
    return Notice(
        "pulse_disagrees",
        f"The calibration pulse is {height_mm:.1f} mm high, which is no usual gain, so scale or gain may be wrong; "
        "check them before measuring.",
    )


def _near(seconds: float, expected: float) -> bool:
    return abs(seconds / expected - 1) < FITS_LENGTH
