"""A finding that contradicts "Normal" makes that verdict unsure: an unknown beat or scar must not pass as healthy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from models.classes import CLASSES, FINDINGS
from models.findings.card import FindingsCard
from models.networks import ENSEMBLE
from models.serving import Prediction, Verdict, VerdictState
from preprocessing.errors import Notice

CONTRADICTED = "finding_contradicts"
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
    certain = certain_findings(probabilities, card)
    verdicts = {name: _doubted(one) if certain else one for name, one in prediction.verdicts.items()}
    notices = prediction.notices
    first = [ENSEMBLE] if ENSEMBLE in verdicts else list(verdicts)
    if any(verdicts[name] != prediction.verdicts[name] for name in first):
        words = " and ".join(name.replace("_", " ") for name in certain)
        notices += (Notice(CONTRADICTED, f"The findings ({words}) contradict Normal, so that verdict is unsure."),)
    return replace(prediction, verdicts=verdicts, notices=notices, findings=dict(probabilities))


def _doubted(verdict: Verdict) -> Verdict:
    if verdict.label != CLASSES[0] or verdict.state is VerdictState.NOT_APPLICABLE:
        return verdict
    return replace(verdict, state=VerdictState.UNSURE, reasons=(*verdict.reasons, CONTRADICTED))
