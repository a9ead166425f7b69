"""Traces as a page would print them, cut from a recording without any page, for tests of measurements."""

from __future__ import annotations

import numpy as np

from preprocessing.traces import RATE_HZ, Trace
from sample_images import LAYOUTS, Recording

SECONDS = 10.0


def printed(recording: Recording, layout: str, together: bool = False) -> tuple[Trace, ...]:
    """Cut a recording of ten seconds, at `RATE_HZ`, as a layout prints it.

    With `together` every column shows the first seconds, although their start times are those of successive columns.
    """
    form = LAYOUTS[layout]
    width_s = SECONDS / len(form.rows[0])
    traces = [
        trace(recording.lead(lead), lead, start_s=column * width_s, seconds=width_s, skip_s=0 if together else None)
        for row in form.rows
        for column, lead in enumerate(row)
    ]
    return (*traces, *(trace(recording.lead(lead), lead, "rhythm") for lead in form.strips))


def trace(
    mv: np.ndarray,
    lead: str = "II",
    role: str = "12-lead",
    start_s: float = 0.0,
    seconds: float = SECONDS,
    skip_s: float | None = None,
) -> Trace:
    """Return a part of a signal as a lead that starts at `start_s`; `skip_s` is where it begins in the signal."""
    first = round((start_s if skip_s is None else skip_s) * RATE_HZ)
    part = np.asarray(mv, np.float32)[first : first + round(seconds * RATE_HZ)]
    return Trace(lead, role, start_s, part, float(np.isfinite(part).sum() / max(1, part.size)), (0.0, 0.0), 0.4, 80.0)
