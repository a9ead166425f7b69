"""Dividers are upright bars of one width: what else the network takes for them beside them is a steep stroke."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from preprocessing.leads import Layout
from preprocessing.traces.config import DIVIDERS, INK
from preprocessing.traces.divider_places import inner_edges


@dataclass(frozen=True)
class _Bar:
    """A divider between columns of leads.

    Its columns are `first` to `stop` (exclusive); `heights` are how high it is in each column from `left` on, pixels.
    """

    left: int
    heights: np.ndarray
    first: int
    stop: int

    @property
    def width(self) -> int:
        return self.stop - self.first

    def cut_to(self, width: int) -> _Bar:
        """Return it with so many columns, those in which it is highest."""
        at = self.left + int(np.convolve(self.heights, np.ones(width), "valid").argmax())
        return _Bar(self.left, self.heights, at, at + width)


def give_back_strokes(trace: np.ndarray, divider: np.ndarray, layout: Layout, px_per_mm: float) -> None:
    """Count as trace, in place, what is labelled as divider beside the bars that dividers are.

    Parameters
    ----------
    trace, divider : ndarray, shape (rows, columns), float in [0, 1]
        Share of each pixel that traces and dividers cover.
    layout : Layout
    px_per_mm : float

    Notes
    -----
    The network takes QRS complexes within some millimetres of a divider for a part of it, so that their leads had none
    there. A bar is as high in every row of leads and as wide everywhere on its page; a complex is neither.
    """
    bars = _bars(divider, layout, px_per_mm)
    if not bars:
        return
    # Where complexes of all rows touch a bar it seems wider than the others are.
    usual = sorted(bar.width for bar in bars)[(len(bars) - 1) // 2]
    margin, reach = max(1, round(DIVIDERS.edge_mm * px_per_mm)), round(DIVIDERS.beside_mm * px_per_mm)
    for bar in bars:
        slim = bar.cut_to(usual) if bar.width > usual + 1 else bar
        if slim.width > DIVIDERS.width_max_mm * px_per_mm:
            continue
        first, stop = slim.first - margin, slim.stop + margin
        for beside in (slice(max(0, first - reach), max(0, first)), slice(stop, stop + reach)):
            np.minimum(trace[:, beside] + divider[:, beside], 1, out=trace[:, beside])
            divider[:, beside] = 0


def _bars(divider: np.ndarray, layout: Layout, px_per_mm: float) -> list[_Bar]:
    """Find the divider at each edge between columns of boxes that has one."""
    bars = []
    for _, beside, columns in inner_edges(layout, px_per_mm):
        rows = (divider[max(0, round(box.top)) : round(box.bottom), columns] for box in beside)
        of_rows = np.array([(row > INK.level).sum(axis=0) for row in rows])
        usual = np.median(of_rows, axis=0)
        pitch = float(np.median([box.bottom - box.top for box in beside]))
        if usual.max(initial=0) < DIVIDERS.height_min * pitch:
            continue
        heights = np.quantile(of_rows, DIVIDERS.low_rows, axis=0, method="lower")
        if heights.max() < DIVIDERS.seen_min * usual.max():
            # One of the rows does not show it.
            heights = usual
        high = np.flatnonzero(heights >= DIVIDERS.as_high * heights.max())
        bars.append(_Bar(columns.start, heights, columns.start + int(high[0]), columns.start + int(high[-1]) + 1))
    return bars
