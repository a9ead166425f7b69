"""How far the ink of a stroke reaches beyond its first and last point: pens end round, square, or cut off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from preprocessing.traces.time_config import COLUMN_FIT

Reach = Callable[[np.ndarray, float], np.ndarray]


def _round(angle: np.ndarray, radius: float) -> np.ndarray:
    return np.full_like(angle, radius - COLUMN_FIT.tip_px2 / radius)


def _square(angle: np.ndarray, radius: float) -> np.ndarray:
    return np.asarray(radius * (np.cos(angle) + np.sin(angle)) - _pale_corner(angle))


def _butt(angle: np.ndarray, radius: float) -> np.ndarray:
    return np.asarray(radius * np.sin(angle) - _pale_corner(angle))


def _pale_corner(angle: np.ndarray) -> np.ndarray:
    """Return how much of the corner of a stroke's end is too low to be seen, px: none of it where it lies level."""
    return np.asarray(COLUMN_FIT.corner_px * np.sin(angle) * np.cos(angle))


# How far the ink of a pen of some radius, px, is found beyond its last point along the page, px, by the angle between
# its stroke and the page's horizontal. A square end is as long as the pen is wide; of one that is cut off only the
# corner of an oblique stroke reaches further. The tip of a round end and corners are pale: lower than a pixel.
REACHES: Mapping[str, Reach] = MappingProxyType({"round": _round, "square": _square, "butt": _butt})
# How much has to speak for each.
CAP_COSTS: Mapping[str, float] = MappingProxyType(
    {"round": 0.0, "square": COLUMN_FIT.square_cap, "butt": COLUMN_FIT.butt_cap}
)


def without_caps(ends_px: np.ndarray, angle: np.ndarray, cap: str, radius: float) -> np.ndarray:
    """Return where strokes have their first and last points.

    Parameters
    ----------
    ends_px, angle : ndarray, shape (boxes, 2), float
        First and last edge of the ink of each lead, and the angle of its stroke there.
    cap : {"round", "square", "butt"}
    radius : float
        Half the pen's width in pixels.

    Returns
    -------
    ndarray, shape (boxes, 2), float

    Examples
    --------
    >>> without_caps(np.array([[10.0, 20.0]]), np.zeros((1, 2)), "square", 2.0).tolist()
    [[12.0, 18.0]]
    """
    return np.asarray(ends_px + np.array([1, -1]) * REACHES[cap](angle, radius))
