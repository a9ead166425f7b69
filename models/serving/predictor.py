"""The prediction for one report: each network's verdict, their ensemble's, and what each lead alone gives."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from models.classes import CLASSES
from models.networks import ENSEMBLE, NETWORKS, STRIP, lead_rows
from models.scoring import combined, probabilities
from models.serving.cards import WEIGHTS_FOLDER, ModelFileError
from models.serving.classifier import Classifier, Outputs, load
from models.serving.network_file import once_per_process
from preprocessing.errors import Notice
from preprocessing.lead_id import LEADS
from preprocessing.measuring import HeartBeats
from preprocessing.traces import Trace

OUT_OF_DISTRIBUTION = Notice(
    "unlike_training",
    "This report is unlike the training reports, so the combined model abstains. Inspect the traces instead.",
)
NO_BEATS = Notice(
    "no_beats",
    "No heart beats were found in the traces, so the networks abstain. Check whether the leads were read correctly.",
)


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
        Codes of why no prediction applies: ``unlike_training``, ``no_beats``, or a doubt about the reading.
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
        By model; the ensemble last.
    leads : dict of str to dict of str to tuple of float
        Probabilities by network and by single lead (the strip is ``rhythm``); only leads that were read.
    notices : tuple of Notice
        What a reader must be warned of.
    """

    verdicts: dict[str, Verdict]
    leads: dict[str, dict[str, tuple[float, ...]]]
    notices: tuple[Notice, ...]


@dataclass(frozen=True)
class Networks:
    """All networks over reports, loaded, and the settings of their ensemble."""

    by_name: dict[str, Classifier]
    temperature: float
    abstain_below: float

    def __call__(self, traces: Sequence[Trace], beats: HeartBeats, doubts: Sequence[str] = ()) -> Prediction:
        """Predict from the traces of one page and the beats found in them.

        Parameters
        ----------
        traces : sequence of Trace
        beats : HeartBeats
        doubts : sequence of str
            Codes of why no prediction applies to this reading.
        """
        rows = lead_rows(traces)
        # To a network faint noise looks like a quiet heart; the search for beats tells them apart.
        beatless = beats.reason is not None
        known = (*doubts, *((NO_BEATS.code,) if beatless else ()))
        outputs = {name: network(rows[None]) for name, network in self.by_name.items()}
        verdicts = {name: self._network_verdict(name, one, known) for name, one in outputs.items()}
        joint = combined(*(one.report[0] for one in outputs.values()))
        reasons = tuple(dict.fromkeys(code for verdict in verdicts.values() for code in verdict.reasons))
        version = "+".join(verdict.version for verdict in verdicts.values())
        verdicts[ENSEMBLE] = _verdict(probabilities(joint, self.temperature), self.abstain_below, reasons, version)
        unlike = OUT_OF_DISTRIBUTION.code in reasons
        notices = (NO_BEATS,) if beatless else (OUT_OF_DISTRIBUTION,) if unlike else ()
        return Prediction(verdicts, _by_lead(rows, outputs), notices)

    def _network_verdict(self, name: str, outputs: Outputs, known: tuple[str, ...]) -> Verdict:
        card = self.by_name[name].card
        unlike = bool(outputs.distance[0] > card.distance_limit) and NO_BEATS.code not in known
        reasons = (*known, *((OUT_OF_DISTRIBUTION.code,) if unlike else ()))
        return _verdict(outputs.report[0], card.abstain_below, reasons, card.sha256[:12])


def load_networks(folder: Path = WEIGHTS_FOLDER) -> Networks:
    """Load all networks over reports and run each once.

    Raises
    ------
    ModelFileError
        When a file or its card is missing or invalid.
    """
    file = folder / f"{ENSEMBLE}.json"
    try:
        joint = json.loads(file.read_text(encoding="utf-8"))
        temperature, threshold = float(joint["temperature"]), float(joint["abstain_below"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelFileError(f"{file.name} does not give the settings of the ensemble: {error}") from error
    by_name = {name: load(name, folder) for name in NETWORKS}
    for network in by_name.values():
        # The first call of a network takes seconds: better here than in a reader's first prediction.
        network(np.zeros((1, *network.card.input), np.float32))
    return Networks(by_name, temperature, threshold)


networks = once_per_process(load_networks)


def _verdict(found: np.ndarray, threshold: float, reasons: tuple[str, ...], version: str) -> Verdict:
    state = VerdictState.PREDICTED if float(found.max()) >= threshold else VerdictState.UNSURE
    return Verdict(
        tuple(float(one) for one in found),
        CLASSES[int(found.argmax())],
        VerdictState.NOT_APPLICABLE if reasons else state,
        reasons,
        version,
    )


def _by_lead(rows: np.ndarray, outputs: dict[str, Outputs]) -> dict[str, dict[str, tuple[float, ...]]]:
    read = [bool(row[:, 1].any()) for row in rows]
    places = {lead: row for row, lead in enumerate(LEADS) if read[row]}
    if any(read[len(LEADS) :]):
        places[STRIP] = len(LEADS)
    leads = {name: one.leads[0] for name, one in outputs.items()}
    return {
        name: {lead: tuple(float(one) for one in own[place]) for lead, place in places.items()}
        for name, own in leads.items()
    }
