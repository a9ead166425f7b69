"""How dark the ink of a page is, whatever its light, and windows of it in which capitals have one height."""

from __future__ import annotations

import numpy as np
import scipy
from numpy.lib.stride_tricks import sliding_window_view
from PIL import Image

from preprocessing.lettering.config import WINDOWS
from preprocessing.side_by_side import side_by_side

# Definition: a window shows a word of capitals this high, in its middle. The networks were trained on windows of this
# size.
WINDOW_ROWS, WINDOW_COLUMNS, CAPITAL_PX = 20, 48, 12
# Lines are as wide as a multiple of this many columns; the network that reads them halves columns once.
LINE_STEP = 32


def page_ink(rgb: np.ndarray, px_per_mm: float, enough_px_per_mm: float) -> tuple[np.ndarray, float]:
    """Measure the ink of a page, reduced where it has more pixels than needed.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8
    px_per_mm, enough_px_per_mm : float
        Its scale, and the scale to which it is reduced.

    Returns
    -------
    ndarray, shape (rows, columns), uint8
        Of `paper_ink`, from the brightest channel, in which a coloured grid is pale.
    float
        Scale of the result, in pixels a millimetre.
    """
    brightest = np.maximum(np.maximum(rgb[..., 0], rgb[..., 1]), rgb[..., 2])
    share = min(1.0, enough_px_per_mm / px_per_mm)
    size = max(1, round(share * rgb.shape[1])), max(1, round(share * rgb.shape[0]))
    small = np.asarray(Image.fromarray(brightest).resize(size, Image.Resampling.BOX))
    return paper_ink(small, share * px_per_mm), share * px_per_mm


def printed_ink(ink: np.ndarray, print_map: np.ndarray, least_share: float) -> np.ndarray:
    """Return ink that is print, and paper elsewhere.

    Parameters
    ----------
    ink : ndarray, shape (rows, columns), uint8
        Of `page_ink`.
    print_map : ndarray, shape (any rows, any columns), uint8
        How much of each part of the same page is print, 255 for all.
    least_share : float
        Share of a pixel that has to be print.
    """
    share = np.asarray(Image.fromarray(print_map).resize(ink.shape[::-1], Image.Resampling.BILINEAR))
    return np.where(share > least_share * 255, ink, np.uint8(0))


def paper_ink(brightest: np.ndarray, px_per_mm: float) -> np.ndarray:
    """Measure how much darker each pixel is than the paper around it.

    Parameters
    ----------
    brightest : ndarray, shape (rows, columns), uint8
    px_per_mm : float

    Returns
    -------
    ndarray, shape (rows, columns), uint8
        0 on paper, 255 for black.
    """
    rows, columns = brightest.shape
    step = max(1, round(WINDOWS.paper_mm * px_per_mm))
    picture = Image.fromarray(brightest)
    coarse = np.asarray(picture.reduce(step), dtype=np.float32)
    paper = scipy.ndimage.gaussian_filter(
        scipy.ndimage.maximum_filter(coarse, WINDOWS.paper_reach), WINDOWS.paper_reach / 3
    )
    level = np.asarray(Image.fromarray(paper).resize((columns, rows), Image.Resampling.BILINEAR))
    darkness = np.clip(255 - brightest * (255 / np.maximum(level, 1)), 0, 255)
    return np.asarray(darkness.astype(np.uint8))


def window(ink: Image.Image, middle_x: float, middle_y: float, capital_px: float) -> np.ndarray:
    """Cut a window around a word.

    Parameters
    ----------
    ink : Image, mode ``L``
        Of `paper_ink`.
    middle_x, middle_y : float
        The word's middle, at half the height of its capitals, in pixels.
    capital_px : float
        Height of its capitals.

    Returns
    -------
    ndarray, shape (WINDOW_ROWS, WINDOW_COLUMNS), float32 in [0, 1]
        Stretched until the darkest print is 1, if there is print.
    """
    scale = capital_px / CAPITAL_PX
    half_x, half_y = WINDOW_COLUMNS / 2 * scale, WINDOW_ROWS / 2 * scale
    left, top, right, bottom = middle_x - half_x, middle_y - half_y, middle_x + half_x, middle_y + half_y
    inside = left >= 0 and top >= 0 and right <= ink.width and bottom <= ink.height
    if not inside:
        pad = int(max(half_x, half_y)) + 2
        corner_x, corner_y = int(np.floor(left)), int(np.floor(top))
        ink = ink.crop((corner_x, corner_y, corner_x + 2 * pad + 2, corner_y + 2 * pad + 2))
        left, right, top, bottom = left - corner_x, right - corner_x, top - corner_y, bottom - corner_y
    small = ink.resize((WINDOW_COLUMNS, WINDOW_ROWS), Image.Resampling.BILINEAR, box=(left, top, right, bottom))
    return _full_contrast(np.asarray(small, dtype=np.float32) / 255)


def windows(ink: Image.Image, places: np.ndarray) -> np.ndarray:
    """Cut windows around many words at once.

    Parameters
    ----------
    ink : Image, mode ``L``
        Of `paper_ink`.
    places : ndarray, shape (n, 3), float
        x and y of each middle and the height of its capitals, in pixels.

    Returns
    -------
    ndarray, shape (n, WINDOW_ROWS, WINDOW_COLUMNS), float32 in [0, 1]
        As `window` cuts them. Many of one height are cut from the resized page, to the nearest pixel of a window.
    """
    cut = np.empty((len(places), WINDOW_ROWS, WINDOW_COLUMNS), np.float32)
    heights, group = np.unique(places[:, 2], return_inverse=True)

    def cut_of_height(nth: int) -> None:
        capital_px, members = heights[nth], np.flatnonzero(group == nth)
        if members.size < WINDOWS.shared_from:
            for member in members:
                cut[member] = window(ink, *places[member])
            return
        scale = capital_px / CAPITAL_PX
        size = max(1, round(ink.width / scale)), max(1, round(ink.height / scale))
        page = np.asarray(ink.resize(size, Image.Resampling.BILINEAR))
        views = sliding_window_view(np.pad(page, ((WINDOW_ROWS,) * 2, (WINDOW_COLUMNS,) * 2)), cut.shape[1:])
        across, down = size[0] / ink.width, size[1] / ink.height
        # Padding shifts everything by a whole window; the middle of a window is half of one further on.
        x = np.rint(places[members, 0] * across + WINDOW_COLUMNS / 2).astype(int).clip(0, views.shape[1] - 1)
        y = np.rint(places[members, 1] * down + WINDOW_ROWS / 2).astype(int).clip(0, views.shape[0] - 1)
        cut[members] = views[y, x] / np.float32(255)
        darkest = np.partition(cut[members].reshape(members.size, -1), -WINDOWS.darkest, axis=1)[:, -WINDOWS.darkest]
        cut[members] /= np.maximum(darkest, WINDOWS.least_ink)[:, None, None]

    side_by_side(cut_of_height, range(heights.size))
    return np.minimum(cut, np.float32(1.0))


def line_window(
    ink: Image.Image, left: float, right: float, middle_y: float, slope: float, capital_px: float
) -> np.ndarray:
    """Cut a line of print.

    Parameters
    ----------
    ink : Image, mode ``L``
        Of `paper_ink`.
    left, right : float
        Where its first letter starts and its last one ends, in pixels.
    middle_y : float
        Half the height of its capitals at `left`, in pixels.
    slope : float
        Rows by which the line descends a column.
    capital_px : float
        Height of its capitals.

    Returns
    -------
    ndarray, shape (WINDOW_ROWS, columns), float32 in [0, 1]
        With a margin of half a capital on either side; columns is a multiple of `LINE_STEP`.
    """
    scale = capital_px / CAPITAL_PX
    wide = (right - left) / scale + CAPITAL_PX
    columns = LINE_STEP * max(1, int(np.ceil(wide / LINE_STEP)))
    from_x, from_y = left - 0.5 * capital_px, middle_y - WINDOW_ROWS / 2 * scale
    size = max(1, round(columns * scale)), max(1, round(WINDOW_ROWS * scale))
    # The result is upright: its rows descend with the line.
    upright = ink.transform(
        size,
        Image.Transform.AFFINE,
        (columns * scale / size[0], 0, from_x, slope, WINDOW_ROWS * scale / size[1], from_y - 0.5 * slope * capital_px),
        Image.Resampling.BILINEAR,
    )
    small = upright.resize((columns, WINDOW_ROWS), Image.Resampling.BILINEAR)
    return _full_contrast(np.asarray(small, dtype=np.float32) / 255)


def _full_contrast(piece: np.ndarray) -> np.ndarray:
    darkest = max(WINDOWS.least_ink, float(np.partition(piece, -WINDOWS.darkest, axis=None)[-WINDOWS.darkest]))
    return np.minimum(piece / darkest, np.float32(1.0))
