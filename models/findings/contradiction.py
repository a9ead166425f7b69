"""What contradicts "Normal" makes that verdict unsure: unknown beats, scars, a slow heart must not pass as normal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from models.classes import CLASSES, FINDINGS
from models.findings.card import FindingsCard
from models.networks import ENSEMBLE
from models.serving import Prediction, Verdict, VerdictState
from preprocessing.errors import Notice

CONTRADICTED = "finding_contradicts"
TOO_SLOW = "rate_contradicts"
# Below 50 bpm a sinus rhythm is bradycardia (ACC/AHA/HRS 2018). No Normal of the training reports has printed less than
# 52, and the networks call most slower ones Normal. Cost: none of 105 of these, 3 of 111 pages stated as normal.
SLOWEST_NORMAL_BPM = 50.0
# Findings that are never normal; the two others accompany "Normal" in the labels of the training reports.
ABNORMAL = tuple(name for name in FINDINGS if name not in ("sinus_rhythm", "normal"))


def certain_findings(probabilities: Mapping[str, float], card: FindingsCard) -> tuple[str, ...]:
    """Return the abnormal findings that are certain enough to contradict "Normal", the most probable first."""
    limits = dict(zip(FINDINGS, card.certain_above, strict=True))
    found = [name for name in ABNORMAL if probabilities[name] >= limits[name]]
    return tuple(sorted(found, key=lambda name: -probabilities[name]))


def with_findings(
    prediction: Prediction, probabilities: Mapping[str, float] | None, reasons: tuple[str, ...], card: FindingsCard
) -> Prediction:
    """Return a prediction with its findings, or with the reasons why there are none.

    Verdicts "Normal" that a finding contradicts become unsure; a notice says so where that is the verdict shown first.
    """
    if probabilities is None:
        return replace(prediction, findings_reasons=reasons)
    known = replace(prediction, findings=dict(probabilities))
    if not (certain := certain_findings(probabilities, card)):
        return known
    words = " and ".join(name.replace("_", " ") for name in certain)
    return _doubted(
        known, Notice(CONTRADICTED, f"The findings ({words}) contradict Normal, so that verdict is unsure.")
    )


def with_heart_rate(prediction: Prediction, heart_rate_bpm: float | None) -> Prediction:
    """Return a prediction in which a slow heart makes verdicts "Normal" unsure."""
    if heart_rate_bpm is None or heart_rate_bpm >= SLOWEST_NORMAL_BPM:
        return prediction
    words = f"The heart rate ({heart_rate_bpm:.0f} bpm) contradicts Normal, so that verdict is unsure."
    return _doubted(prediction, Notice(TOO_SLOW, words))


def _doubted(prediction: Prediction, why: Notice) -> Prediction:
    verdicts = {name: _unsure(one, why.code) for name, one in prediction.verdicts.items()}
    first = [ENSEMBLE] if ENSEMBLE in verdicts else list(verdicts)
    changed = any(verdicts[name] != prediction.verdicts[name] for name in first)
    return replace(prediction, verdicts=verdicts, notices=(*prediction.notices, *((why,) if changed else ())))


def _unsure(verdict: Verdict, code: str) -> Verdict:
    if verdict.label != CLASSES[0] or verdict.state is VerdictState.NOT_APPLICABLE:
        return verdict
    return replace(verdict, state=VerdictState.UNSURE, reasons=(*verdict.reasons, code))
