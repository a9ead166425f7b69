"""Calibration, thresholds and figures of the findings, each on recordings that the members were not trained on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from models.classes import FINDINGS
from models.scoring import auroc, bootstrap

# The share of recordings stated as normal in which a finding may contradict them.
FALSE_CONTRADICTIONS = 0.002
# Keeps the calibration of rare findings from being steep.
_RIDGE = 1.0


@dataclass(frozen=True)
class Calibration:
    """From mean logits to probabilities and thresholds; each value by finding, in the order of `FINDINGS`."""

    scale: tuple[float, ...]
    offset: tuple[float, ...]
    present_above: tuple[float, ...]
    certain_above: tuple[float, ...]

    def probabilities(self, logits: np.ndarray) -> np.ndarray:
        """Return the calibrated probabilities of mean logits, shape (n, 15)."""
        return np.asarray(scipy.special.expit(logits * np.array(self.scale) + np.array(self.offset)))


def platt(logits: np.ndarray, present: np.ndarray) -> tuple[float, float]:
    """Return scale and offset that calibrate a finding's logits: logistic regression, the scale held near 1.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> truth = rng.normal(0, 2, 4000)
    >>> scale, _ = platt(2 * truth, rng.random(4000) < scipy.special.expit(truth))
    >>> 0.45 < scale < 0.55
    True
    """

    def loss(given: np.ndarray) -> float:
        wanted = given[0] * logits + given[1]
        return float(np.logaddexp(0, np.where(present, -wanted, wanted)).sum() + _RIDGE * (given[0] - 1) ** 2)

    found = scipy.optimize.minimize(loss, np.array([1.0, 0.0]), method="L-BFGS-B", bounds=((0.05, 5), (-10, 10)))
    return float(found.x[0]), float(found.x[1])


def calibration_of(logits: np.ndarray, targets: np.ndarray) -> Calibration:
    """Fit the calibration and choose the thresholds.

    Parameters
    ----------
    logits : ndarray, shape (n, 15)
        Held-out mean logits.
    targets : ndarray, shape (n, 15)
        1 present, 0 absent, -1 unknown.
    """
    fitted = [platt(logits[known, at], targets[known, at] == 1) for at, known in enumerate((targets >= 0).T)]
    scale, offset = (tuple(part) for part in zip(*fitted, strict=True))
    found = scipy.special.expit(logits * np.array(scale) + np.array(offset))
    present = tuple(_best_f1(found[known, at], targets[known, at] == 1) for at, known in enumerate((targets >= 0).T))
    normal = targets[:, FINDINGS.index("normal")] == 1
    limits = np.quantile(found[normal], 1 - FALSE_CONTRADICTIONS, axis=0)
    # A finding that is not present by its own threshold contradicts nothing.
    certain = tuple(float(max(limit, one)) for limit, one in zip(limits, present, strict=True))
    return Calibration(scale, offset, present, certain)


def _best_f1(found: np.ndarray, present: np.ndarray) -> float:
    order = np.argsort(-found)
    hits = np.cumsum(present[order])
    f1 = 2 * hits / (np.arange(1, len(found) + 1) + present.sum())
    return float(found[order][int(f1.argmax())])


def figures_of(found: np.ndarray, targets: np.ndarray, groups: np.ndarray) -> dict[str, dict[str, float]]:
    """Return each finding's AUROC with its 95 % interval over patients, how many are known and present, and the mean.

    Parameters
    ----------
    found, targets : ndarray, shape (n, 15)
    groups : ndarray of int, shape (n,)
        Patients.
    """
    figures: dict[str, dict[str, float]] = {}
    every = []
    for at, name in enumerate(FINDINGS):
        known = targets[:, at] >= 0
        present = targets[known, at] == 1
        # Weights of all pages, so that the mean over findings is of the same resampled patients.
        draws = auroc(present, found[known, at], bootstrap.weights_of(groups)[:, known])
        value, low, high = bootstrap.with_interval(draws)
        every.append(draws)
        figures[name] = {"auroc": value, "low": low, "high": high, "n": int(known.sum()), "present": int(present.sum())}
    value, low, high = bootstrap.with_interval(np.nanmean(every, axis=0))
    figures["mean"] = {"auroc": value, "low": low, "high": high, "n": len(found), "present": 0}
    return figures
