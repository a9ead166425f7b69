"""Where a page is inked: a mask of dark strokes and the vertical runs that it is made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# Black print stays below this grey after JPEG; coloured grids stay above it in their brightest channel.
INK_LEVEL = 0.4
# A stroke of the usual 0.3 mm fills less than a pixel on coarse pages and comes out paler, as the grid does.
COARSE_INK_LEVEL = 0.55
COARSE_PX_PER_MM, FINE_PX_PER_MM = 4.0, 7.0


@dataclass(frozen=True)
class VerticalRuns:
    """Every unbroken vertical stroke of one pixel's width, ordered by column and then from the top.

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
        return self.bottom - self.top + 1

    def where(self, chosen: np.ndarray) -> VerticalRuns:
        """Return the runs that a boolean mask of shape (n,) chooses."""
        return VerticalRuns(self.x[chosen], self.top[chosen], self.bottom[chosen])


def ink_mask(rgb: np.ndarray, px_per_mm: float) -> np.ndarray:
    """Mark the dark strokes of a page.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8
        The page; a coloured grid is light in at least one channel, black ink in none.
    px_per_mm : float
        The page's scale, which decides how pale a stroke may be.

    Returns
    -------
    ndarray, shape (rows, columns), bool
        True where there is ink.
    """
    brightest = np.maximum(np.maximum(rgb[..., 0], rgb[..., 1]), rgb[..., 2])
    scales = (COARSE_PX_PER_MM, FINE_PX_PER_MM)
    return brightest < 255 * np.interp(px_per_mm, scales, (COARSE_INK_LEVEL, INK_LEVEL))


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
