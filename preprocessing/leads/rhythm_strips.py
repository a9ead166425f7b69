"""Which lead a rhythm strip repeats: from its printed name or its trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from preprocessing.leads.layout import LeadBox
from preprocessing.leads.limb_law import rough_trace
from preprocessing.leads.runs import VerticalRuns
from preprocessing.leads.search_config import STRIPS
from preprocessing.lettering import PrintedName


def named_strips(
    boxes: Sequence[LeadBox], runs: VerticalRuns, names: Sequence[PrintedName], shift_px: float
) -> tuple[LeadBox, ...]:
    """Name the rhythm strips of a page.

    Parameters
    ----------
    boxes : sequence of LeadBox
        Its leads; the strips have the layout's usual names.
    runs : VerticalRuns
        Its ink.
    names : sequence of PrintedName
        The names printed there.
    shift_px : float
        How far names stand above their rows.

    Returns
    -------
    tuple of LeadBox
        The same boxes. A strip keeps its usual name unless the page shows another; no two have the same name.
    """
    leads = [box for box in boxes if not box.is_strip]
    traces = {box.lead: rough_trace(runs, box) for box in leads}
    taken: set[str] = set()
    named = list(leads)
    strips = [box for box in boxes if box.is_strip]
    shown = [_printed(strip, names, shift_px) or _most_alike(strip, leads, traces, runs) for strip in strips]
    for strip, lead in zip(strips, shown, strict=True):
        choices = [lead, strip.lead, *(box.lead for box in strips), *traces]
        chosen = next(choice for choice in choices if choice is not None and choice not in taken)
        taken.add(chosen)
        named.append(replace(strip, lead=chosen))
    return tuple(named)


def _printed(strip: LeadBox, names: Sequence[PrintedName], shift_px: float) -> str | None:
    reach = STRIPS.name_reach * (strip.right - strip.left)
    here = [
        name
        for name in names
        if name.is_trusted
        and abs(name.left - strip.left) < reach
        and strip.top <= (name.top + name.bottom) / 2 + shift_px < strip.bottom
    ]
    return max(here, key=lambda name: name.confidence).lead if here else None


def _most_alike(
    strip: LeadBox, leads: Sequence[LeadBox], traces: dict[str, np.ndarray], runs: VerticalRuns
) -> str | None:
    """Return the lead whose trace the strip repeats; None if none is clearly more alike than the usual one."""
    alike = {}
    for lead in (lead for lead in leads if lead.lead in STRIPS.usual):
        part = rough_trace(runs, replace(strip, left=lead.left, right=lead.right))
        alike[lead.lead] = _correlation(part, traces[lead.lead])
    best = max(alike, key=lambda name: alike[name])
    usual = alike.get(strip.lead, 0.0)
    clear = alike[best] > STRIPS.correlation_min and alike[best] > usual + STRIPS.clearly_more
    return best if clear else None


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    width = min(one.size, other.size)
    one, other = one[:width], other[:width]
    read = np.isfinite(one) & np.isfinite(other)
    if read.sum() < STRIPS.columns_min or np.ptp(one[read]) == 0 or np.ptp(other[read]) == 0:
        return 0.0
    return float(np.corrcoef(one[read], other[read])[0, 1])
