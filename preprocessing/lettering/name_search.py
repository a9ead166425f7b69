"""The search for lead names that touch a trace or a divider: a window slides over all inked places."""

from __future__ import annotations

import numpy as np
import scipy
from numpy.lib.stride_tricks import sliding_window_view
from PIL import Image

from preprocessing.budget import spend
from preprocessing.lettering.config import NAME_SEARCH, WINDOWS
from preprocessing.lettering.glyph_windows import CAPITAL_PX, WINDOW_COLUMNS, WINDOW_ROWS
from preprocessing.lettering.letter_network import prefilter_logits

# The search runs at half the windows' resolution.
ROWS, COLUMNS, CAPITAL = WINDOW_ROWS // 2, WINDOW_COLUMNS // 2, CAPITAL_PX / 2


def candidate_places(ink: Image.Image, capital_px: float, most: int) -> list[tuple[float, float, float]]:
    """Find places where names of one height may stand.

    Parameters
    ----------
    ink : Image, mode ``L``
        Of `preprocessing.lettering.glyph_windows.paper_ink`.
    capital_px : float
        Height of their capitals.
    most : int
        Greatest number of places.

    Returns
    -------
    list of (x, y, capital_px)
        The middle of each, in pixels, the most probable first.
    """
    scale = capital_px / CAPITAL
    size = max(1, round(ink.width / scale)), max(1, round(ink.height / scale))
    small = np.asarray(ink.resize(size, Image.Resampling.BILINEAR))
    small = np.pad(small, ((ROWS // 2,) * 2, (COLUMNS // 2,) * 2))
    darkest = scipy.ndimage.maximum_filter(small, (ROWS, COLUMNS))
    share = scipy.ndimage.uniform_filter(small.astype(np.float32) / 255, (int(CAPITAL), int(CAPITAL)))
    share /= np.maximum(darkest, 255 * WINDOWS.least_ink) / 255
    views = sliding_window_view(small, (ROWS, COLUMNS))
    # A window that starts at (y, x) has its middle at (y + ROWS / 2, x + COLUMNS / 2).
    rows, columns = views.shape[:2]
    middle = share[ROWS // 2 : ROWS // 2 + rows, COLUMNS // 2 : COLUMNS // 2 + columns]
    level = darkest[ROWS // 2 : ROWS // 2 + rows, COLUMNS // 2 : COLUMNS // 2 + columns]
    inked = (middle > NAME_SEARCH.least_share) & (middle < NAME_SEARCH.most_share) & (level >= 255 * WINDOWS.least_ink)
    inked[:, 1::2] = False
    y, x = np.nonzero(inked)
    if not y.size:
        return []
    scores = np.full((rows, columns), -np.inf, dtype=np.float32)
    for part in np.array_split(np.arange(y.size), 1 + y.size // NAME_SEARCH.batch):
        spend()
        patches = views[y[part], x[part]].reshape(part.size, -1).astype(np.float32)
        patches /= np.maximum(level[y[part], x[part]], 1)[:, None]
        scores[y[part], x[part]] = prefilter_logits(patches)
    highest = scipy.ndimage.maximum_filter(scores, (NAME_SEARCH.peak_rows, NAME_SEARCH.peak_columns))
    peak = (scores == highest) & (scores > 0)
    y, x = np.nonzero(peak)
    best = np.argsort(-scores[y, x], kind="stable")[:most]
    y, x = y[best], x[best]
    # With the padding, the window that starts at (0, 0) has its middle on the page's corner.
    across, down = ink.width / size[0], ink.height / size[1]
    return [(float(column * across), float(row * down), capital_px) for row, column in zip(y, x, strict=True)]
