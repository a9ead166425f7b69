"""How much of each pixel a stroke covers, by the colours that strokes, grid and paper have on this page.

The network knows what is trace to about half a pixel; the page's own colours place edges more finely. What is trace
and what is not shows which colours to tell apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import scipy
from PIL import Image

from preprocessing.leads import Layout
from preprocessing.page import Page, paper_and_light
from preprocessing.side_by_side import side_by_side
from preprocessing.traces.config import COLOUR, INK, TRACE


def coloured_ink(
    sure: np.ndarray, page: Page, other: np.ndarray, layout: Layout, dividers: Iterable[float]
) -> np.ndarray:
    """Return the ink with edges as fine as the page's own pixels, where its colour tells strokes from paper and grid.

    Parameters
    ----------
    sure : ndarray, shape (rows, columns), float in [0, 1]
        Of `trace_ink`.
    page : Page
    other : ndarray, shape (rows, columns), float in [0, 1]
        Share of each pixel that print, pulses and dividers cover.
    layout : Layout
    dividers : iterable of float
        Middles of dividers, in pixels.

    Returns
    -------
    ndarray, shape (rows, columns), float in [0, 1]
        The stroke's share of each pixel close to traces and nothing elsewhere; `sure` itself on pages whose grid has
        the strokes' colour, or whose noise hides the difference.

    Notes
    -----
    Within a few millimetres of a divider the network is not sure of the trace. There, all ink counts that it does not
    take for anything else.
    """
    # Beyond the outermost leads their waves go on, and beside them strokes end.
    reach_px, beyond_px = TRACE.reach_mm * page.px_per_mm_y, COLOUR.beyond_mm * page.px_per_mm_x
    boxes = layout.boxes
    rows = slice(
        max(0, round(min(box.top for box in boxes) - reach_px)), round(max(box.bottom for box in boxes) + reach_px)
    )
    columns = slice(
        max(0, round(min(box.left for box in boxes) - beyond_px)), round(max(box.right for box in boxes) + beyond_px)
    )
    own, other = sure[rows, columns], other[rows, columns]
    blank = (own < INK.palest_level) & (other < INK.palest_level) & _of_paper(page)[rows, columns]
    rgb = page.rgb[rows, columns]
    picture = InkedPaper(rgb, *paper_and_light(rgb, page.px_per_mm_x))
    share = stroke_share(picture, own > COLOUR.surely, blank, page.px_per_mm_x)
    if share is None:
        return sure
    around = 2 * COLOUR.gate_px + 1
    gate = np.minimum(scipy.ndimage.maximum_filter(own, around) * COLOUR.gate_gain, 1)
    beside_px = INK.beside_mm * page.px_per_mm_x
    for middle in dividers:
        near = slice(max(0, round(middle - beside_px) - columns.start), round(middle + beside_px) - columns.start)
        gate[:, near][scipy.ndimage.maximum_filter(other[:, near], around) <= COLOUR.taken] = 1
        # What is more a divider or print than a trace is none: paths climbed a divider and the letter beside it.
        gate[:, near][(other[:, near] > INK.level) & (own[:, near] < INK.level)] = 0
    ink = np.zeros_like(sure)
    ink[rows, columns] = np.multiply(share, gate, out=gate)
    return ink


def _of_paper(page: Page) -> np.ndarray:
    """Mark the pixels of the page's paper, shape (rows, columns), bool: a table beneath may be as dark as a pen."""
    outside = page.maps.of("outside") > COLOUR.outside
    if not outside.any():
        return np.ones(page.rgb.shape[:2], dtype=bool)
    small = Image.fromarray(~scipy.ndimage.maximum_filter(outside, 2 * COLOUR.outside_reach + 1))
    return np.asarray(small.resize(page.rgb.shape[1::-1], Image.Resampling.NEAREST))


@dataclass(frozen=True)
class InkedPaper:
    """A part of a page with the colour of its paper and the light on it.

    Its darkness by channel is 0 for paper and 1 for black. It is computed where it is needed: of a whole page it takes
    twelve bytes a pixel.

    Attributes
    ----------
    rgb : ndarray, shape (rows, columns, 3)
    paper : ndarray, shape (3,), float
        In the unit of `rgb`.
    light : ndarray, shape (rows, columns), float32, or None
        Around 1; None where it is even.
    """

    rgb: np.ndarray
    paper: np.ndarray
    light: np.ndarray | None = None

    def some_darkness(self, where: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Return the darkness of at most `COLOUR.sample_px` random pixels of a mask, shape (n, 3), float64."""
        marked = int(np.count_nonzero(where))
        chosen = nth_marked(where, rng.integers(marked, size=min(marked, COLOUR.sample_px)))
        places = np.unravel_index(chosen, where.shape)
        darkness = self.rgb[places] * self._negative
        if self.light is not None:
            darkness /= self.light[places][:, None]
        return np.asarray(darkness + 1, np.float64)

    def weighted_darkness(self, weights: np.ndarray) -> np.ndarray:
        """Return the sum of three weights times darkness and a fourth, shape (rows, columns), float32."""
        red, green, blue = self._negative * weights[:3].astype(np.float32)
        amount = self.rgb[..., 0] * red
        amount += self.rgb[..., 1] * green
        amount += self.rgb[..., 2] * blue
        if self.light is not None:
            amount /= self.light
        amount += np.float32(weights.sum())
        return np.asarray(amount, np.float32)

    @property
    def _negative(self) -> np.ndarray:
        return (-1 / self.paper).astype(np.float32)


def nth_marked(mask: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Return where some of the marked pixels of a mask lie, by their numbers, as indices into the flat mask.

    Examples
    --------
    >>> nth_marked(np.array([[False, True, True], [False, False, True]]), np.array([2, 0])).tolist()
    [5, 1]
    """
    # Counted by eights: a list of all marked pixels of a page takes eight bytes for each of them.
    eights = np.packbits(mask)
    marked = np.bitwise_count(eights)
    until = np.cumsum(marked, dtype=np.int64)
    which = np.searchsorted(until, numbers, side="right")
    within = numbers - (until[which] - marked[which])
    passed = np.cumsum(np.unpackbits(eights[which][:, None], axis=1), axis=1, dtype=np.uint8) <= within[:, None]
    return np.asarray(8 * which + np.count_nonzero(passed, axis=1))


def stroke_share(picture: InkedPaper, stroke: np.ndarray, blank: np.ndarray, px_per_mm: float) -> np.ndarray | None:
    """Return the share of each pixel that strokes cover, by colour.

    Parameters
    ----------
    picture : InkedPaper
    stroke, blank : ndarray, shape (rows, columns), bool
        Where there is surely a stroke, and where there is surely none but paper or grid.
    px_per_mm : float

    Returns
    -------
    ndarray, shape (rows, columns), float32 in [0, 1], or None
        None where colour does not tell strokes from the rest.

    Notes
    -----
    A weighted sum of the channels is 1 in the middle of strokes and at most 0 on paper and grid. A pixel at an edge
    mixes stroke and background, so its share follows from the sums of both; the background's is that of the blank
    pixels around it, along its row or its column, whichever is darker: grid lines run along one of them.

    Examples
    --------
    A black stroke that covers 40 % of a row's pixels, on a dark blue grid:

    >>> darkness = np.zeros((40, 60, 3), np.float32)
    >>> darkness[:, ::6] = 0.9, 0.9, 0.4
    >>> stroke = np.zeros((40, 60), bool)
    >>> stroke[20:24] = True
    >>> darkness[stroke] = 1
    >>> darkness[24] = 0.4 + 0.6 * darkness[24]
    >>> blank = ~stroke
    >>> blank[24] = False
    >>> picture = InkedPaper(1 - darkness, np.ones(3))
    >>> stroke_share(picture, stroke, blank, 6)[[10, 21, 24], 30].astype(float).round(3).tolist()
    [0.0, 1.0, 0.4]
    """
    if min(stroke.sum(), blank.sum()) < COLOUR.least_px:
        return None
    rng = np.random.default_rng(0)
    strokes, blanks = (picture.some_darkness(where, rng) for where in (stroke, blank))
    weights = _separating(strokes, blanks)
    on_blank = blanks @ weights[:3] + weights[3]
    as_dark = float((on_blank > INK.level).mean())
    if as_dark > COLOUR.grid_as_dark or np.quantile(on_blank, COLOUR.noise_quantile) > COLOUR.noise_max:
        return None
    share = picture.weighted_darkness(weights)
    behind = _background(share, blank, float(np.median(on_blank)), px_per_mm)
    np.minimum(behind, COLOUR.background_max, out=behind)
    share -= behind
    share /= np.subtract(1, behind, out=behind)
    return np.asarray(np.clip(share, 0, 1, out=share))


def _separating(strokes: np.ndarray, blanks: np.ndarray) -> np.ndarray:
    """Return the weights of the channels and a constant, shape (4,): 1 on strokes, at most 0 on the rest.

    Least squares, in which blank pixels below 0 do not count, and strokes only by the half that is most unlike paper:
    the rest are pixels that strokes cover in part.
    """
    strokes, blanks = (np.column_stack([colours, np.ones(len(colours))]) for colours in (strokes, blanks))
    away = np.median(strokes, axis=0) - np.median(blanks, axis=0)
    amount, over = strokes @ away, np.ones(len(blanks), bool)
    weights = away
    for _ in range(COLOUR.rounds):
        core, rest = strokes[amount >= np.median(amount)], blanks[over]
        squares = core.T @ core / len(core) + COLOUR.blank_weight * (rest.T @ rest) / len(blanks)
        weights = np.linalg.solve(squares + COLOUR.ridge * np.eye(4), core.mean(axis=0))
        amount = strokes @ weights
        weights = weights / np.median(amount[amount >= np.median(amount)])
        now = blanks @ weights > 0
        if (now == over).all():
            break
        over = now
    return np.asarray(weights)


def _background(amount: np.ndarray, blank: np.ndarray, usual: float, px_per_mm: float) -> np.ndarray:
    """Return the amount that each pixel would have without a stroke."""
    counted, amounts = blank.astype(np.float32), np.where(blank, amount, np.float32(0))
    size = 2 * round(COLOUR.background_mm / 2 * px_per_mm) + 1

    def along(axis: int) -> np.ndarray:
        # Made here: what a second thread allocates it keeps for longer.
        parts, sums = np.empty_like(amounts), np.empty_like(amounts)

        def average(some: slice) -> None:
            here = (slice(None), some) if axis == 0 else (some, slice(None))
            scipy.ndimage.uniform_filter1d(counted[here], size, axis, output=parts[here])
            scipy.ndimage.uniform_filter1d(amounts[here], size, axis, output=sums[here])
            unknown = parts[here] <= COLOUR.background_share
            sums[here] /= np.maximum(parts[here], COLOUR.background_share, out=parts[here])
            sums[here][unknown] = usual

        middle = amounts.shape[1 - axis] // 2
        side_by_side(average, (slice(middle), slice(middle, None)))
        return sums

    down, across = along(0), along(1)
    return np.asarray(np.maximum(down, across, out=down))
