"""Whether rows of trace can be the limb leads that a layout says: six leads that two of them determine."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from preprocessing.leads.layout import LeadBox
from preprocessing.leads.runs import VerticalRuns

# Each limb lead as so much of I and so much of II: Einthoven's law and Goldberger's.
OF_I_AND_II = {
    "I": (1.0, 0.0),
    "II": (0.0, 1.0),
    "III": (-1.0, 1.0),
    "aVR": (-0.5, -0.5),
    "-aVR": (0.5, 0.5),
    "aVL": (1.0, -0.5),
    "aVF": (-0.5, 1.0),
}
LEAST_COLUMNS = 20
# Leads that go on into the next column obey their law there, and not that of the leads that should follow.
GOES_ON, NOT_ITS_OWN = 0.35, 0.7


def rough_trace(runs: VerticalRuns, box: LeadBox) -> np.ndarray:
    """Return the middle of a lead's ink in each column of pixels, upwards from its median, NaN where none is.

    Returns
    -------
    ndarray, shape (columns,), float, in pixels
    """
    left, width = round(box.left), max(0, round(box.right) - round(box.left))
    middle = (runs.top + runs.bottom) / 2
    inside = runs.where((runs.x >= left) & (runs.x < left + width) & (middle > box.top) & (middle < box.bottom))
    weight = np.bincount(inside.x - left, inside.length, width)
    total = np.bincount(inside.x - left, inside.length * (inside.top + inside.bottom) / 2, width)
    with np.errstate(invalid="ignore"):
        centre = total / weight
    return float(np.nanmedian(centre)) - centre if np.isfinite(centre).any() else centre


def law_broken(traces: Mapping[str, np.ndarray]) -> float:
    """Return how far traces are from being limb leads of one heart.

    Parameters
    ----------
    traces : mapping of str to ndarray, shape (columns,)
        The limb leads that are said to show the same moments, at least three of them, in one unit.

    Returns
    -------
    float
        0 where two signals explain all of them as the laws say, about 1 where the traces have nothing to do with the
        names; NaN where too little is inked.

    Examples
    --------
    >>> import numpy as np
    >>> first, second = np.sin(np.arange(100.0)), np.cos(np.arange(100.0))
    >>> round(law_broken({"I": first, "II": second, "III": second - first}), 3)
    0.0
    """
    names = sorted(traces)
    width = min(trace.size for trace in traces.values())
    together = np.array([traces[name][:width] for name in names])
    together = together[:, np.isfinite(together).all(axis=0)]
    if together.shape[1] < LEAST_COLUMNS:
        return float("nan")
    together = together - np.median(together, axis=1, keepdims=True)
    span, _ = np.linalg.qr(np.array([OF_I_AND_II[name] for name in names]))
    left_over = together - span @ (span.T @ together)
    # Traces that have nothing in common leave this share, since two of so many dimensions are explained by chance.
    by_chance = (len(names) - 2) / len(names)
    return float(np.sqrt((left_over**2).sum() / max((together**2).sum(), 1e-9) / by_chance))


def law_on_page(runs: VerticalRuns, boxes: tuple[LeadBox, ...]) -> float:
    """Return how far the limb leads that are printed at lead I's moments are from obeying the law.

    Parameters
    ----------
    runs : VerticalRuns
        The ink of the page.
    boxes : tuple of LeadBox
        All of its leads.

    Returns
    -------
    float
        As of `law_broken`.
    """
    printed = [box for box in boxes if not box.is_strip and box.lead in OF_I_AND_II]
    first = next(box for box in printed if box.lead == "I")
    return law_broken({box.lead: rough_trace(runs, box) for box in printed if box.left == first.left})


def leads_change(runs: VerticalRuns, boxes: tuple[LeadBox, ...]) -> bool | None:
    """Say whether other leads follow where the second column of a layout begins.

    On half of a page, or where the columns are wider than thought, the limb leads go on instead.

    Returns
    -------
    bool or None
        False where they go on; None where the page has one column, or the traces do not tell.
    """
    lefts = sorted({box.left for box in boxes if not box.is_strip})
    if len(lefts) < 2:
        return None
    first, second = ([box for box in boxes if not box.is_strip and box.left == left] for left in lefts[:2])
    # In Cabrera's order limb leads turn by even steps, as V1 to V6 do too: those would seem to go on.
    if not all(box.lead in OF_I_AND_II and box.lead != "-aVR" for box in first):
        return None
    traces = [rough_trace(runs, box) for box in second]
    goes_on = law_broken({box.lead: trace for box, trace in zip(first, traces, strict=True)})
    if not goes_on < GOES_ON:
        return None
    own = {box.lead: trace for box, trace in zip(second, traces, strict=True) if box.lead in OF_I_AND_II}
    return False if len(own) < 3 or law_broken(own) > NOT_ITS_OWN else None
