"""Studies and traces as the exchange formats write them, for the tests that read the files back."""

from dataclasses import replace

import numpy as np

from ecgviz.study import on_page_clock
from tests.studies import study_of

# Half of a microvolt, the resolution of every exchange format.
RESOLUTION_MV = 0.00051


def gapped_study():
    """Return a study with a gap inside a lead and one lead that was not read at all."""
    study = study_of("edan_normal")
    traces = {trace.key: trace for trace in study.traces}
    torn, lost = traces["V2"].mv.copy(), np.full_like(traces["III"].mv, np.nan)
    torn[300:420] = np.nan
    changed = {"V2": replace(traces["V2"], mv=torn), "III": replace(traces["III"], mv=lost)}
    return replace(study, traces=tuple(changed.get(trace.key, trace) for trace in study.traces), file="Mustermann.jpg")


def expected(study):
    """Return the millivolts of a study by lead, on the page's clock; NaN where nothing was read."""
    return on_page_clock(study.traces)[1]


def same(found_mv, study, key):
    """Tell whether a signal that was read back equals a trace within the resolution, gaps at the same samples."""
    wanted = expected(study)[key]
    found = np.full(wanted.size, np.nan)
    found[: found_mv.size] = found_mv[: wanted.size]
    return (
        np.allclose(found, wanted, atol=RESOLUTION_MV, equal_nan=True)
        and not np.isfinite(found_mv[wanted.size :]).any()
    )
