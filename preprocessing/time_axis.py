"""Where on the page time begins, to a part of a pixel, and how many pixels a second takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from preprocessing.layout import Layout
from preprocessing.page import Page

# A recording drawn sample by sample ends one sample early, at one of these rates.
USUAL_RATES_HZ = (500.0, 100.0)
# How much further than its last point a stroke of radius 1 reaches: round or square ends, or cut off.
USUAL_CAPS = (1.0, 0.0)
# Ends that miss the expected length by more than this are not the trace's own.
LENGTH_SLACK = 0.02


@dataclass(frozen=True)
class TimeAxis:
    """Time zero on the page is at column `zero_px`, and a second takes `px_per_s`."""

    zero_px: float
    px_per_s: float

    def at(self, time_s: float) -> float:
        """Return the column at which a time is printed."""
        return self.zero_px + time_s * self.px_per_s


def duration_s(layout: Layout) -> float:
    """Return how long the page runs: a column more than where its last column starts."""
    starts = sorted({box.start_s for box in layout.boxes})
    return starts[-1] + starts[1] - starts[0] if len(starts) > 1 else 10.0


def time_axis(page: Page, layout: Layout, ends: np.ndarray, radius: float) -> TimeAxis:
    """Place the page's seconds.

    Parameters
    ----------
    page : Page
    layout : Layout
        Its boxes are good to a few pixels.
    ends : ndarray, shape (rows, 2), float
        First and last edge of the ink of each row's trace, in pixels; NaN where a row has none.
    radius : float
        Half the pen's width in pixels.
    """
    seconds = duration_s(layout)
    printed = page.px_per_mm_x * page.speed_mm_s
    by_boxes = float(np.median([box.left - box.start_s * printed for box in layout.boxes]))
    if not np.isfinite(ends).any(axis=0).all():
        return TimeAxis(by_boxes, printed)
    left, right = _most_agreed(ends[:, 0], -1), _most_agreed(ends[:, 1], 1)
    excess = right - left - seconds * printed
    caps = [(cap * radius, printed / rate) for cap in USUAL_CAPS for rate in USUAL_RATES_HZ]
    cap, late = min(caps, key=lambda pair: abs(2 * pair[0] - pair[1] - excess))
    if page.scale_from != "grid" or abs(2 * cap - late - excess) > 2:
        cap, late = caps[0]
        if abs(excess) > LENGTH_SLACK * seconds * printed:
            guesses = left + cap, right - cap + late - seconds * printed
            nearest = min(guesses, key=lambda zero: abs(zero - by_boxes))
            return TimeAxis(float(nearest), printed)
        printed = (right - left - 2 * cap) / (seconds - 1 / USUAL_RATES_HZ[0])
        late = printed / USUAL_RATES_HZ[0]
    zero = (left + cap + right - cap + late - seconds * printed) / 2
    return TimeAxis(float(zero), float(printed))


def _most_agreed(places: np.ndarray, outwards: int) -> float:
    """Return the mean of the most places that lie within a pixel of each other; the outermost ones of equally many."""
    ordered = np.sort(places[np.isfinite(places)] * outwards)
    groups = [ordered[(ordered >= place) & (ordered <= place + 1)] for place in ordered]
    return float(outwards * max(reversed(groups), key=len).mean())
