"""An estimate of each lead's signal to noise ratio from what can be seen, and the doubt that follows from a low one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from preprocessing.errors import Notice
from preprocessing.leads import Layout
from preprocessing.page import Page
from preprocessing.traces import Trace
from preprocessing.trust.beginnings import beginning_db
from preprocessing.trust.config import LEAD_SNR
from preprocessing.trust.signs import lead_signs
from preprocessing.weights_file import load_weights

SNR_FILE = Path(__file__).with_name("lead_snr.npz")


def estimated_snr_db(page: Page, layout: Layout, traces: Sequence[Trace]) -> tuple[float, ...]:
    """Estimate how well each lead was read.

    Parameters
    ----------
    page : Page
    layout : Layout
    traces : sequence of Trace
        One for each of the layout's boxes.

    Returns
    -------
    tuple of float
        In the order of the traces, dB: the power of what is printed over that of what was misread. How close
        they are is in the fit's card.
    """
    if not traces:
        return ()
    fitted = _fitted()
    signs = (lead_signs(page, layout, traces) - fitted["mean"]) / fitted["scale"]
    snr = signs @ fitted["weights"] + fitted["offset"]
    # The path shows nothing of the time: the lesser of both counts.
    at_most = [beginning_db(trace) for trace in traces]
    return tuple(float(one) for one in np.clip(np.minimum(snr, at_most), *LEAD_SNR.range_db))


def doubted_leads(traces: Sequence[Trace], snr_db: Sequence[float]) -> tuple[Notice, ...]:
    """Return the doubt about leads whose estimate is low, by name; what was not read at all is not named."""
    low = [
        trace.id.name
        for trace, one in zip(traces, snr_db, strict=True)
        if one < LEAD_SNR.doubted_db and trace.quality > 0
    ]
    if not low:
        return ()
    who = "all leads" if len(low) == len(traces) else ", ".join(low)
    return (Notice("lead_doubted", f"May be misread: {who}. Compare the drawn traces with the report."),)


@cache
def _fitted() -> dict[str, np.ndarray]:
    return load_weights(SNR_FILE)
