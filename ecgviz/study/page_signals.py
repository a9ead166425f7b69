"""All signals of a page on one time axis, in the usual order of leads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from preprocessing.lead_id import LEADS, LeadId
from preprocessing.traces import RATE_HZ, Trace

# Microvolts: 16 bits reach 32 mV either way, far beyond what a page shows.
UNITS_PER_MV = 1000
# The value of a missing sample in WFDB, and in every other format of 16 bits that lets us choose.
MISSING_UV = -32768
LARGEST = 32767


def on_page_clock(traces: Sequence[Trace]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Put all traces on one time axis.

    Returns
    -------
    time_s : ndarray, shape (n,), float64
        From 0 at the left edge of the first column, in steps of 1 / RATE_HZ, to the end of the last trace.
    mv : dict of str to ndarray, shape (n,), float32
        Millivolts by `Trace.key`; NaN where nothing is printed or read. In the usual order, with -aVR in place of
        aVR; the strips follow as printed.
    """
    starts = {trace.key: round(trace.start_s * RATE_HZ) for trace in traces}
    samples = max(starts[trace.key] + trace.mv.size for trace in traces)
    leads = {}
    for trace in sorted(traces, key=place):
        whole = np.full(samples, np.nan, np.float32)
        whole[starts[trace.key] :][: trace.mv.size] = trace.mv
        leads[trace.key] = whole
    return np.arange(samples) / RATE_HZ, leads


def place(trace: Trace) -> int:
    """Return a trace's place in the usual order of twelve leads; strips come after them."""
    return len(LEADS) if trace.is_strip else rank(trace.id)


def rank(lead: LeadId) -> int:
    """Return a lead's place in the usual order.

    Examples
    --------
    >>> rank(LeadId.of_key("-aVR")) == rank(LeadId.of_key("aVR")) == 3
    True
    """
    return LEADS.index(lead.electrode)


def in_units(mv: np.ndarray) -> np.ndarray:
    """Convert millivolts to WFDB units.

    Examples
    --------
    >>> import numpy as np
    >>> in_units(np.array([0.5, -1.25, np.nan])).tolist()
    [500, -1250, -32768]
    """
    units = np.clip(np.rint(np.nan_to_num(mv.astype(np.float64)) * UNITS_PER_MV), -LARGEST, LARGEST)
    return np.where(np.isnan(mv), MISSING_UV, units).astype(np.int16)
