"""What is predicted for one report: each network's verdict, and what each lead alone gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from models.classes import CLASSES
from preprocessing.errors import Notice

OUT_OF_DISTRIBUTION = Notice(
    "unlike_training",
    "This report is unlike the training reports, so the combined model abstains. Inspect the traces instead.",
)
NO_BEATS = Notice(
    "no_beats",
    "No heart beats were found in the traces, so the networks abstain. Check whether the leads were read correctly.",
)

# Why a combined verdict is unsure that none of its networks shares: of 626 held-out reports 17, of which 3 are right.
NO_NETWORK_AGREES = "no_network_agrees"


class VerdictState(StrEnum):
    """What a model has to say about a report."""

    PREDICTED = "predicted"
    UNSURE = "unsure"
    """Its confidence is below the abstention threshold."""
    NOT_APPLICABLE = "not_applicable"
    """The report is none that the model can predict: unlike its training set, without beats, or misread."""


@dataclass(frozen=True)
class Verdict:
    """One model's verdict on a report.

    Attributes
    ----------
    probabilities : tuple of float
        Of each class, in the order of `CLASSES`.
    label : str
        The most probable class; the predicted one if the state is ``predicted``.
    state : VerdictState
    reasons : tuple of str
        Codes of why no prediction applies: ``unlike_training``, ``no_beats``, or a doubt about the reading; or of why
        it is unsure beside its confidence.
    version : str
        First digits of the hash of the weights.
    """

    probabilities: tuple[float, ...]
    label: str
    state: VerdictState
    reasons: tuple[str, ...]
    version: str

    @property
    def confidence(self) -> float:
        """Probability of the most probable class."""
        return max(self.probabilities)

    @property
    def abstains(self) -> bool:
        """Whether it predicts no class."""
        return self.state is not VerdictState.PREDICTED

    @property
    def out_of_distribution(self) -> bool:
        """Whether the report is unlike the training set, or shows no heart beat."""
        return bool({OUT_OF_DISTRIBUTION.code, NO_BEATS.code} & set(self.reasons))


@dataclass(frozen=True)
class Prediction:
    """All predictions for one report.

    Attributes
    ----------
    verdicts : dict of str to Verdict
        By model, of those that were run; the ensemble last.
    leads : dict of str to dict of str to tuple of float
        Probabilities by network and by single lead (the strip is ``rhythm``); only leads that were read.
    notices : tuple of Notice
        What a reader must be warned of.
    findings : dict of str to float, or None
        Calibrated probability of each finding; None where they do not apply or were not run.
    findings_reasons : tuple of str
        Codes of why findings do not apply.
    """

    verdicts: dict[str, Verdict]
    leads: dict[str, dict[str, tuple[float, ...]]]
    notices: tuple[Notice, ...]
    findings: dict[str, float] | None = None
    findings_reasons: tuple[str, ...] = ()


def verdict_of(found: np.ndarray, threshold: float, reasons: tuple[str, ...], version: str) -> Verdict:
    """Return the verdict of a model from its probabilities, shape (4,), and its abstention threshold."""
    state = VerdictState.PREDICTED if float(found.max()) >= threshold else VerdictState.UNSURE
    return Verdict(
        tuple(float(one) for one in found),
        CLASSES[int(found.argmax())],
        VerdictState.NOT_APPLICABLE if reasons else state,
        reasons,
        version,
    )
