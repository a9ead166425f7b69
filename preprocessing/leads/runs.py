"""Vertical runs of a mask of ink."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class VerticalRuns:
    """All unbroken vertical strokes of one pixel's width, ordered by column and then from the top.

    Attributes
    ----------
    x, top, bottom : ndarray, shape (n,), int
        Column, first and last inked row, in pixels.
    """

    x: np.ndarray
    top: np.ndarray
    bottom: np.ndarray

    @property
    def length(self) -> np.ndarray:
        """Pixels in each run, shape (n,)."""
        return np.asarray(self.bottom - self.top + 1)

    def where(self, chosen: np.ndarray) -> VerticalRuns:
        """Return the runs selected by a boolean mask of shape (n,)."""
        return VerticalRuns(self.x[chosen], self.top[chosen], self.bottom[chosen])

    def between(self, left: float, right: float) -> VerticalRuns:
        """Return the runs from column `left` on and before column `right`, without copying them."""
        first, stop = np.searchsorted(self.x, (left, right))
        return VerticalRuns(self.x[first:stop], self.top[first:stop], self.bottom[first:stop])


def vertical_runs(mask: np.ndarray) -> VerticalRuns:
    """List the vertical runs of a mask.

    Parameters
    ----------
    mask : ndarray, shape (rows, columns), bool

    Examples
    --------
    >>> import numpy as np
    >>> runs = vertical_runs(np.array([[1, 0], [1, 0], [0, 1]], dtype=bool))
    >>> runs.x.tolist(), runs.top.tolist(), runs.bottom.tolist()
    ([0, 1], [0, 2], [1, 2])
    """
    rows, columns = mask.shape
    padded = np.zeros((columns, rows + 2), dtype=bool)
    padded[:, 1:-1] = mask.T
    changes = np.flatnonzero(padded.ravel()[1:] != padded.ravel()[:-1])
    starts, ends = changes[0::2] + 1, changes[1::2]
    return VerticalRuns(starts // (rows + 2), starts % (rows + 2) - 1, ends % (rows + 2) - 1)
