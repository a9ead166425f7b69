"""The promotion gate: a retrained network may replace the one in use only where held-out reports speak for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.classes import CLASSES
from models.retraining.config import RETRAIN, RetrainConfig
from models.scoring import metrics


@dataclass(frozen=True)
class Gate:
    """What was compared on held-out reports, and what came of it.

    Attributes
    ----------
    n, confirmed_n : int
        Held-out reports, and those of them that people confirmed.
    before, after : float
        Macro-F1 of the network in use and of the retrained one.
    worse : tuple of str
        Classes whose F1 fell, among all held-out reports or among the published ones.
    reasons : tuple of str
        Why it was refused; none where it passed.
    """

    n: int
    confirmed_n: int
    before: float
    after: float
    worse: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the retrained network may be published."""
        return not self.reasons


def judged(
    labels: np.ndarray,
    confirmed: np.ndarray,
    before: np.ndarray,
    after: np.ndarray,
    config: RetrainConfig = RETRAIN,
) -> Gate:
    """Compare two networks on the same held-out reports.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
    confirmed : ndarray of bool, shape (n,)
        Which reports people confirmed; the others are the published ones.
    before, after : ndarray, shape (n, 4)
        Logits or probabilities, each report's from a member that was not trained on it.
    """
    first, second = metrics.macro_f1(labels, before), metrics.macro_f1(labels, after)
    fell = np.zeros(len(CLASSES), bool)
    for part in (np.ones(len(labels), bool), ~confirmed):
        fell |= _f1(labels[part], after[part]) < _f1(labels[part], before[part])
    worse = tuple(name for name, down in zip(CLASSES, fell, strict=True) if down)
    reasons = []
    if confirmed.sum() < config.least_reports:
        reasons.append(f"{confirmed.sum()} confirmed reports, where {config.least_reports} are needed")
    if second - first < config.margin:
        reasons.append(f"macro-F1 {first:.3f} became {second:.3f}, where {config.margin:+.3f} is needed")
    if worse:
        reasons.append(f"F1 fell for {', '.join(worse)}")
    return Gate(len(labels), int(confirmed.sum()), first, second, worse, tuple(reasons))


def _f1(labels: np.ndarray, found: np.ndarray) -> np.ndarray:
    """Return the F1 of each class, shape (4,)."""
    predicted = found.argmax(axis=1)
    classes = np.arange(len(CLASSES))[:, None]
    hits = ((predicted == classes) & (labels == classes)).sum(axis=1)
    return np.asarray(2 * hits / np.maximum((predicted == classes).sum(axis=1) + (labels == classes).sum(axis=1), 1))
