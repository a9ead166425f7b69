"""A place that several rows share: where most of their strokes begin or end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from preprocessing.traces.time_config import COLUMN_FIT, TIME_AXIS


@dataclass(frozen=True)
class Agreed:
    """A place that several rows share: its column, the share of the rows that show one, and how well they agree.

    `misfit` is half of the squared standard deviations between the place and each row.
    """

    x_px: float
    weight: float
    misfit: float


def agreed_place(places: np.ndarray, outwards: int) -> Agreed:
    """Return the mean of the outermost places shared by several rows.

    Pale ends are sometimes missed, so that of two groups the outer one counts, unless few of the rows share it.
    """
    ordered = np.sort(places[np.isfinite(places)] * outwards)[::-1]
    if not ordered.size:
        return Agreed(np.nan, 0.0, 0.0)
    groups = [ordered[(ordered <= place) & (ordered > place - TIME_AXIS.one_end_px)] for place in ordered]
    least = max(2 if ordered.size < 6 else 3, int(np.ceil(TIME_AXIS.few_rows * ordered.size)))
    enough = min(least, max(len(group) for group in groups))
    outermost = next(group for group in groups if len(group) >= enough)
    group = ordered[np.abs(ordered - outermost.mean()) < TIME_AXIS.one_end_px]
    off = (ordered - group.mean()) / COLUMN_FIT.end_px
    misfit = np.minimum(off**2 / 2, COLUMN_FIT.unexplained).sum()
    return Agreed(
        float(outwards * group.mean()),
        group.size / max(ordered.size, TIME_AXIS.rows_shown * places.size),
        float(misfit),
    )
