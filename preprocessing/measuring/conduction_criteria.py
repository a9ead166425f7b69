"""Bundle branch block and the limits of QTc."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from preprocessing.measuring.criteria_config import CONDUCTION_LIMITS, QTC_LIMITS
from preprocessing.measuring.criterion import AHA_PART_3, AHA_PART_4, Criterion, CriterionState, Waves, met_if
from preprocessing.measuring.delineation import Fiducials
from preprocessing.measuring.lead_waves import levelled_complex, r_waves
from preprocessing.measuring.median_beat import MedianBeat
from preprocessing.measuring.wave_config import LEAD_WAVES
from preprocessing.traces import RATE_HZ

RIGHT, LEFT, QTC = "Right bundle branch block", "Left bundle branch block", "QTc limits"
_NOT_READ = "QRS or the leads that this needs were not measured."


@dataclass(frozen=True)
class QrsShape:
    """The course of one QRS complex.

    Attributes
    ----------
    peak_ms : float
        From the onset of QRS to the peak of the last R wave; 0 without an R wave.
    r_ms, s_ms : float
        Time above the level before the end of the highest R wave, and below it afterwards.
    has_second_r : bool
        Whether the complex rises, falls below its level and rises again.
    """

    peak_ms: float
    r_ms: float
    s_ms: float
    has_second_r: bool


def conduction_criteria(
    beat: MedianBeat | None, at: Fiducials, waves: Waves, qrs_ms: float | None, qtc_ms: float | None
) -> list[Criterion]:
    """Judge conduction by the course of the QRS complexes, and QTc by its limits."""
    shapes = {}
    if beat is not None and qrs_ms is not None:
        shapes = {lead: qrs_shape(mv) for lead in waves if (mv := levelled_complex(beat, at, lead)) is not None}
    return [_right(shapes, qrs_ms), _left(shapes, waves, qrs_ms), _qtc(qtc_ms)]


def qrs_shape(complex_mv: np.ndarray) -> QrsShape:
    """Describe one QRS complex, mV from its onset to its end against the level before it.

    Examples
    --------
    >>> qrs_shape(np.repeat([0.4, -0.5, 0.6, 0.0], [10, 10, 20, 5]))
    QrsShape(peak_ms=40.0, r_ms=40.0, s_ms=0.0, has_second_r=True)
    """
    upward, downward = r_waves(complex_mv), complex_mv <= -LEAD_WAVES.wave_min_mv
    step_ms = 1000 / RATE_HZ
    if not upward.any():
        return QrsShape(0.0, 0.0, float(downward.sum() * step_ms), False)
    top = int(np.where(upward, complex_mv, -np.inf).argmax())
    start, stop = top, top
    while start > 0 and complex_mv[start - 1] > 0:
        start -= 1
    while stop + 1 < complex_mv.size and complex_mv[stop + 1] > 0:
        stop += 1
    fall = int(np.argmax(downward & (np.arange(complex_mv.size) > upward.argmax())))
    second = fall > 0 and bool(upward[fall:].any())
    last = fall + int(np.where(upward, complex_mv, -np.inf)[fall:].argmax()) if second else top
    s_ms = float((complex_mv[stop + 1 :] < 0).sum() * step_ms)
    return QrsShape(float(last * step_ms), float((stop - start + 1) * step_ms), s_ms, second)


def _right(shapes: dict[str, QrsShape], qrs_ms: float | None) -> Criterion:
    near = [lead for lead in ("V1", "V2") if lead in shapes]
    if qrs_ms is None or not near or not {"I", "V6"} <= shapes.keys():
        return Criterion("right_bundle_branch_block", RIGHT, CriterionState.NOT_JUDGED, _NOT_READ, AHA_PART_3)
    second = [lead for lead in near if shapes[lead].has_second_r]
    late = "V1" in shapes and shapes["V1"].peak_ms > CONDUCTION_LIMITS.peak_v1_ms
    broad = all(shapes[lead].s_ms > min(CONDUCTION_LIMITS.s_ms, shapes[lead].r_ms) for lead in ("I", "V6"))
    wide = qrs_ms >= CONDUCTION_LIMITS.qrs_ms
    rises = f"a second R in {' and '.join(second)}" if second else "no second R in V1 or V2"
    facts = (
        f"{_width(qrs_ms)}; {rises}; R peak in V1 after {shapes['V1'].peak_ms if 'V1' in shapes else 0:.0f} ms (over "
        f"{CONDUCTION_LIMITS.peak_v1_ms:g} ms without a second R); S in I {shapes['I'].s_ms:.0f} ms and in V6 "
        f"{shapes['V6'].s_ms:.0f} ms (over {CONDUCTION_LIMITS.s_ms:g} ms or longer than R)."
    )
    holds = wide and broad and (bool(second) or late)
    return Criterion("right_bundle_branch_block", RIGHT, met_if(holds), facts, AHA_PART_3)


def _left(shapes: dict[str, QrsShape], waves: Waves, qrs_ms: float | None) -> Criterion:
    lateral = ("I", "V5", "V6")
    if qrs_ms is None or not set(lateral) <= shapes.keys():
        return Criterion("left_bundle_branch_block", LEFT, CriterionState.NOT_JUDGED, _NOT_READ, AHA_PART_3)
    with_q = [lead for lead in lateral if waves[lead].q_ms is not None]
    peaks = [shapes[lead].peak_ms for lead in ("V5", "V6")]
    late = min(peaks) > CONDUCTION_LIMITS.peak_v5_v6_ms
    q_words = f"Q in {' and '.join(with_q)}" if with_q else "no Q in I, V5 and V6"
    facts = (
        f"{_width(qrs_ms)}; {q_words}; R peak in V5 after {peaks[0]:.0f} ms and in V6 after {peaks[1]:.0f} ms (over "
        f"{CONDUCTION_LIMITS.peak_v5_v6_ms:g} ms). Notches of R are not judged."
    )
    holds = qrs_ms >= CONDUCTION_LIMITS.qrs_ms and not with_q and late
    return Criterion("left_bundle_branch_block", LEFT, met_if(holds), facts, AHA_PART_3)


def _width(qrs_ms: float) -> str:
    return f"QRS {qrs_ms:.0f} ms (complete from {CONDUCTION_LIMITS.qrs_ms:g} ms)"


def _qtc(qtc_ms: float | None) -> Criterion:
    if qtc_ms is None:
        return Criterion("qtc", QTC, CriterionState.NOT_JUDGED, "QTc was not measured.", AHA_PART_4)
    shown = round(qtc_ms)
    if shown >= QTC_LIMITS.long_women_ms:
        state, words = CriterionState.MET, "long in men and women"
    elif shown >= QTC_LIMITS.long_men_ms:
        state, words = CriterionState.DEPENDS, "long in men, not in women; sex is unknown"
    elif shown <= QTC_LIMITS.short_ms:
        state, words = CriterionState.MET, "short"
    else:
        state, words = CriterionState.NOT_MET, "neither long nor short"
    facts = (
        f"QTc by Bazett {shown} ms: {words}. Limits: long from {QTC_LIMITS.long_men_ms:g} ms in men and "
        f"{QTC_LIMITS.long_women_ms:g} ms in women, short up to {QTC_LIMITS.short_ms:g} ms."
    )
    return Criterion("qtc", QTC, state, facts, AHA_PART_4)
