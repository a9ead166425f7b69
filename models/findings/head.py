"""The findings head as it ships: trees over a page's measurements, calibrated, with a gate of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.classes import FINDINGS
from models.findings.calibrating import Calibration
from models.findings.card import FindingsCard, findings_file
from models.findings.contradiction import with_findings, with_heart_rate
from models.findings.measured_inputs import measured_features
from models.findings.trees import Trees
from models.networks import Whitening
from models.serving import (
    NO_BEATS,
    OUT_OF_DISTRIBUTION,
    WEIGHTS_FOLDER,
    ModelFileError,
    Prediction,
    once_per_process,
)
from preprocessing.measuring import Measurements


@dataclass(frozen=True)
class Findings:
    """The findings of one report.

    Attributes
    ----------
    probabilities : dict of str to float, or None
        Calibrated, in the order of `FINDINGS`; None where they do not apply.
    reasons : tuple of str
        Codes of why they do not apply.
    """

    probabilities: dict[str, float] | None
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class FindingsHead:
    """Trees, their calibration and the gate; safe from any thread, as nothing in it changes.

    Attributes
    ----------
    trees : Trees
    calibration : Calibration
    gate : Whitening
        Of the measurements over the training set.
    card : FindingsCard
    """

    trees: Trees
    calibration: Calibration
    gate: Whitening
    card: FindingsCard

    def __call__(self, features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return calibrated probabilities, shape (n, 15), and distances from the training set, shape (n,).

        Parameters
        ----------
        features : ndarray, shape (n, features)
            As `measured_features` gives them.
        """
        return self.calibration.probabilities(self.trees.logits(features)), self.gate.distance(features)

    def of_page(self, measured: Measurements, doubts: Sequence[str] = ()) -> Findings:
        """Return the findings of a page, or why they do not apply: misread, without beats, or unlike the training set.

        Parameters
        ----------
        measured : Measurements
        doubts : sequence of str
            Codes of why no prediction applies to this reading.
        """
        if measured.beats.reason is not None:
            return Findings(None, (*doubts, NO_BEATS.code))
        found, distance = self(measured_features(measured)[None])
        unlike = (OUT_OF_DISTRIBUTION.code,) if distance[0] > self.card.distance_limit else ()
        reasons = (*doubts, *unlike)
        known = {name: float(one) for name, one in zip(FINDINGS, found[0], strict=True)}
        return Findings(None if reasons else known, reasons)

    def applied(self, prediction: Prediction, measured: Measurements, doubts: Sequence[str] = ()) -> Prediction:
        """Return a prediction of the networks over reports with the findings and the heart rate of the same page."""
        found = self.of_page(measured, doubts)
        rate = measured.values["heart_rate_bpm"].value
        slow = with_heart_rate(prediction, rate if isinstance(rate, int | float) else None)
        return with_findings(slow, found.probabilities, found.reasons, self.card)


@once_per_process
def findings_head(folder: Path = WEIGHTS_FOLDER) -> FindingsHead:
    """Load the findings head that ships, after checking its card and the hash of its file.

    Raises
    ------
    ModelFileError
        When the file or its card is missing or invalid.
    """
    arrays, card = findings_file(folder)
    try:
        gate = Whitening(arrays.pop("gate_weights"), arrays.pop("gate_bias"))
        trees = Trees(**arrays)
    except (KeyError, TypeError) as error:
        raise ModelFileError(f"findings.npz does not hold the trees of the findings: {error}") from error
    return FindingsHead(trees, Calibration(card.scale, card.offset, card.present_above, card.certain_above), gate, card)
