"""All named criteria of one report, from its measurements: facts, not diagnoses."""

from __future__ import annotations

from preprocessing.measuring.conduction_criteria import conduction_criteria
from preprocessing.measuring.criterion import Criterion
from preprocessing.measuring.measurements import Measured, Measurements
from preprocessing.measuring.qrs_criteria import qrs_criteria
from preprocessing.measuring.st_criteria import st_criteria


def criteria_of(found: Measurements) -> tuple[Criterion, ...]:
    """Judge every criterion; one whose measurements are missing is not judged, with the reason."""
    qrs_ms, qtc_ms = _number(found.qrs_ms), _number(found.qtc_ms)
    return (
        *st_criteria(found.waves, qrs_ms),
        *qrs_criteria(found.waves, qrs_ms),
        *conduction_criteria(found.beat, found.fiducials, found.waves, qrs_ms, qtc_ms),
    )


def _number(measured: Measured) -> float | None:
    return measured.value if isinstance(measured.value, float) else None
