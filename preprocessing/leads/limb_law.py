"""Whether traces obey the laws of the limb leads: six leads that two of them determine."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from preprocessing.leads.layout import LeadBox
from preprocessing.leads.runs import VerticalRuns
from preprocessing.leads.search_config import LIMB_LAW
from preprocessing.limb_leads import OF_I_AND_II


def rough_trace(runs: VerticalRuns, box: LeadBox) -> np.ndarray:
    """Return the middle of a lead's ink in each column of pixels, upwards from its median; NaN where there is none.

    Returns
    -------
    ndarray, shape (columns,), float, in pixels
    """
    left, width = round(box.left), max(0, round(box.right) - round(box.left))
    beside = runs.between(left, left + width)
    middle = (beside.top + beside.bottom) / 2
    inside = beside.where((middle > box.top) & (middle < box.bottom))
    weight = np.bincount(inside.x - left, inside.length, width)
    total = np.bincount(inside.x - left, inside.length * (inside.top + inside.bottom) / 2, width)
    with np.errstate(invalid="ignore"):
        centre = total / weight
    return float(np.nanmedian(centre)) - centre if np.isfinite(centre).any() else centre


def law_residual(traces: Mapping[str, np.ndarray]) -> float:
    """Return how far traces are from obeying the laws of Einthoven and Goldberger.

    Parameters
    ----------
    traces : mapping of str to ndarray, shape (columns,)
        At least three limb leads of the same moments, in one unit.

    Returns
    -------
    float
        0 if two signals explain all leads, about 1 if the traces are unrelated to the names; NaN if too few columns
        are inked.

    Examples
    --------
    >>> import numpy as np
    >>> first, second = np.sin(np.arange(100.0)), np.cos(np.arange(100.0))
    >>> law_residual({"I": first, "II": second, "III": second - first}) < 0.01
    True
    >>> law_residual({"I": first, "II": second, "III": first - second}) > 0.5
    True
    """
    names = sorted(traces)
    width = min(trace.size for trace in traces.values())
    leads = np.array([traces[name][:width] for name in names])
    leads = leads[:, np.isfinite(leads).all(axis=0)]
    if leads.shape[1] < LIMB_LAW.columns_min:
        return float("nan")
    leads = leads - np.median(leads, axis=1, keepdims=True)
    span, _ = np.linalg.qr(np.array([OF_I_AND_II[name] for name in names]))
    residual = leads - span @ (span.T @ leads)
    # Unrelated traces leave this share: two of so many dimensions are explained by chance.
    by_chance = (len(names) - 2) / len(names)
    return float(np.sqrt((residual**2).sum() / max((leads**2).sum(), 1e-9) / by_chance))


def residual_on_page(runs: VerticalRuns, boxes: tuple[LeadBox, ...]) -> float:
    """Return the residual of the limb leads that are printed in the column of lead I.

    Parameters
    ----------
    runs : VerticalRuns
        The ink of the page.
    boxes : tuple of LeadBox
        All of its leads.

    Returns
    -------
    float
        As `law_residual` returns it.
    """
    printed = [box for box in boxes if not box.is_strip and box.lead in OF_I_AND_II]
    first = next(box for box in printed if box.lead == "I")
    return law_residual({box.lead: rough_trace(runs, box) for box in printed if box.left == first.left})


def leads_change(runs: VerticalRuns, boxes: tuple[LeadBox, ...]) -> bool | None:
    """Return whether other leads begin in the second column of a layout.

    On half of a page, or if the columns are wider than assumed, the limb leads continue there.

    Returns
    -------
    bool or None
        False if the limb leads continue; None if the page has one column or the traces give no verdict.
    """
    lefts = sorted({box.left for box in boxes if not box.is_strip})
    if len(lefts) < 2:
        return None
    first, second = ([box for box in boxes if not box.is_strip and box.left == left] for left in lefts[:2])
    # In Cabrera's order limb leads turn by even steps, as V1 to V6 do too, and would seem to continue.
    if not all(box.lead in OF_I_AND_II and box.lead != "-aVR" for box in first):
        return None
    traces = [rough_trace(runs, box) for box in second]
    continues = law_residual({box.lead: trace for box, trace in zip(first, traces, strict=True)})
    if not continues < LIMB_LAW.continues:
        return None
    own = {box.lead: trace for box, trace in zip(second, traces, strict=True) if box.lead in OF_I_AND_II}
    return False if len(own) < 3 or law_residual(own) > LIMB_LAW.not_its_own else None
