"""The networks' input: sixteen rows of 2.5 s of a report, all at one physical scale.

Twelve rows are the leads; the last four are the quarters of a ten-second strip. A row holds a lead in millivolts and
seconds, without paper, pen, layout, header or footer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy

from preprocessing.lead_id import LEADS, LeadId
from preprocessing.traces import RATE_HZ as TRACE_RATE_HZ
from preprocessing.traces import Trace

STRIP = "rhythm"
# The twelve leads and the strip, as every list of thirteen has them.
LEAD_NAMES = (*LEADS, STRIP)
# The name of each row; a network knows a lead by its place.
QUARTERS = 4
ROW_NAMES = (*LEADS, *(STRIP,) * QUARTERS)
RATE_HZ = 100
ROW_SAMPLES = 250
STRIP_SAMPLES = QUARTERS * ROW_SAMPLES
ROWS_SHAPE = (len(ROW_NAMES), ROW_SAMPLES, 2)
# Beyond this only a faulty electrode reaches, mV.
HIGHEST_MV = 4.0
# A lead II of at least this length replaces a strip that is not printed, samples.
LEAST_STRIP_SAMPLES = 2 * ROW_SAMPLES
_STEP = TRACE_RATE_HZ // RATE_HZ
# Low-pass before decimation from 500 Hz to 100 Hz.
_SMOOTHING_SAMPLES = 1.6


def lead_name(lead: LeadId) -> str:
    """Return the name of a printed lead among `LEAD_NAMES`."""
    return STRIP if lead.is_strip else lead.electrode


def lead_rows(traces: Sequence[Trace]) -> np.ndarray:
    """Convert the traces of one page to the networks' input.

    Parameters
    ----------
    traces : sequence of Trace
        All leads of one page, in any layout. Of longer leads the first 2.5 s count; without a strip, a lead II of at
        least 5 s replaces it.

    Returns
    -------
    ndarray, shape (16, 250, 2), float32
        Millivolts above the lead's median, within -4 and 4, and 1 where the sample was read, 0 where it was not.
        A row that is not printed is 0 throughout.
    """
    rows = np.zeros(ROWS_SHAPE, np.float32)
    for trace in traces:
        if not trace.is_strip:
            # Cabrera's order prints aVR inverted.
            part = _at_rate(-trace.mv if trace.lead == "-aVR" else trace.mv)[:ROW_SAMPLES]
            rows[LEADS.index(lead_name(trace.id)), : len(part)] = part
    strip = strip_of(traces)
    if strip is not None:
        part = _at_rate(strip.mv)[:STRIP_SAMPLES]
        rows[len(LEADS) :].reshape(STRIP_SAMPLES, 2)[: len(part)] = part
    return rows


def strip_of(traces: Sequence[Trace]) -> Trace | None:
    """Return the trace that the networks take as the strip: a printed one, or lead II where it is long enough."""
    strips = {trace.lead: trace for trace in traces if trace.is_strip}
    if strips:
        return strips.get("II", next(iter(strips.values())))
    long = (trace for trace in traces if trace.lead == "II" and trace.mv.size // _STEP >= LEAST_STRIP_SAMPLES)
    return next(long, None)


def _at_rate(mv: np.ndarray) -> np.ndarray:
    """Resample a trace, shape (n, 2): millivolts above its median, and whether they were read."""
    read = np.isfinite(mv)
    samples = mv.size // _STEP
    row = np.zeros((samples, 2), np.float32)
    if read.sum() < _STEP:
        return row
    at = np.arange(mv.size)
    # Gaps are interpolated for the filter only; their samples are marked as not read.
    smooth = scipy.ndimage.gaussian_filter1d(np.interp(at, at[read], mv[read]), _SMOOTHING_SAMPLES)
    values = smooth[: samples * _STEP].reshape(samples, _STEP).mean(axis=1)
    known = read[: samples * _STEP].reshape(samples, _STEP).mean(axis=1) > 0.5
    if known.any():
        row[known, 0] = np.clip(values[known] - np.median(values[known]), -HIGHEST_MV, HIGHEST_MV)
        row[known, 1] = 1
    return row
