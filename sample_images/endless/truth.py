"""What a drawn patch or page shows: its picture, and which share of each pixel each label covers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LABELS = ("trace", "grid", "print", "pulse", "divider", "outside")

Pixels = NDArray[np.uint8]
Points = NDArray[np.float64]
Floats = NDArray[np.float32]
Signals = Callable[[np.random.Generator], Points]
Name = tuple[str, float, float]


@dataclass(frozen=True, eq=False)
class Patch:
    """A square cut from a drawn page. Points are pixels, with pixel centres at whole numbers.

    Attributes
    ----------
    rgb : (size, size, 3) of uint8, worn as a scan, a photograph or a fax is
    coverage : (size, size, 6) of uint8, 255 where a label covers the whole pixel, in the order of `LABELS`; as drawn,
        before blur and noise. Labels overlap: the grid counts below the trace, the trace below a stamp
    names : each printed lead name whose centre lies inside, as (lead, x, y)
    px_per_mm : pixels per millimetre of paper
    """

    rgb: Pixels
    coverage: Pixels
    names: tuple[Name, ...]
    px_per_mm: float


@dataclass(frozen=True, eq=False)
class PrintedLead:
    """One lead as printed.

    Attributes
    ----------
    lead : its standard name, such as "aVR", however it is printed; "-aVR" is printed inverted
    role : "12-lead" or "rhythm"
    start_s, end_s : its time window in the recording, in seconds
    mv : (n,) the samples printed, mV; NaN where nothing is printed
    px : (n, 2) of x, y: where each sample is printed
    """

    lead: str
    role: str
    start_s: float
    end_s: float
    mv: Points
    px: Points


@dataclass(frozen=True, eq=False)
class TrainingPage:
    """A whole page with the truth of a `Patch` and its leads. A page that is no ECG has no layout and no leads.

    Attributes
    ----------
    rgb, coverage, names, px_per_mm : as in `Patch`, of any height and width
    leads : the leads printed
    layout : rows x columns + strips, such as "3x4+1", or None
    """

    rgb: Pixels
    coverage: Pixels
    names: tuple[Name, ...]
    px_per_mm: float
    leads: tuple[PrintedLead, ...]
    layout: str | None
