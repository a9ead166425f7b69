"""The networks' answers to one report: each network's, and that of both together."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

import numpy as np

from models.classes import CLASSES
from models.networks import ENSEMBLE, NETWORKS, STRIP, lead_rows
from models.scoring import combined, probabilities
from models.serving.cards import WEIGHTS_FOLDER, ModelFileError
from models.serving.classifier import Classifier, Outputs, load
from preprocessing.errors import Notice
from preprocessing.lead_id import LEADS
from preprocessing.measuring import HeartBeats
from preprocessing.traces import Trace

_LOADING = Lock()
OUT_OF_DISTRIBUTION = Notice(
    "unlike_training",
    "This report is unlike those that the networks were taught on, so together they do not answer: look at the traces "
    "instead.",
)
NO_BEATS = Notice(
    "no_beats",
    "No heart beats stand out in the traces, so the networks do not answer: look whether the leads were read rightly.",
)


@dataclass(frozen=True)
class Verdict:
    """What one model makes of a report.

    Attributes
    ----------
    probabilities : tuple of float
        Of each class, in the order of `CLASSES`.
    label : str
        The likeliest class.
    abstains : bool
        Whether the model does not answer: it is not sure enough, or the report is unlike those it was taught on.
    unlike : bool
        Whether the latter is so.
    version : str
        First digits of the hash of the weights.
    """

    probabilities: tuple[float, ...]
    label: str
    abstains: bool
    out_of_distribution: bool
    version: str

    @property
    def confidence(self) -> float:
        """Probability of the likeliest class."""
        return max(self.probabilities)


@dataclass(frozen=True)
class Prediction:
    """All answers to one report.

    Attributes
    ----------
    verdicts : dict of str to Verdict
        By model; the ensemble last.
    leads : dict of str to dict of str to tuple of float
        By network and by lead (the strip is ``rhythm``), what that lead alone would say; only leads that were read.
    notices : tuple of Notice
        What a reader must be warned of.
    """

    verdicts: dict[str, Verdict]
    leads: dict[str, dict[str, tuple[float, ...]]]
    notices: tuple[Notice, ...]


@dataclass(frozen=True)
class Networks:
    """Both networks, ready to be asked, and how their answers are joined."""

    by_name: dict[str, Classifier]
    temperature: float
    abstain_below: float

    def __call__(self, traces: Sequence[Trace], beats: HeartBeats) -> Prediction:
        """Answer for the traces of one page."""
        rows = lead_rows(traces)
        # Faint noise leaves a network where a quiet heart does; that no beat stands out is seen before it is asked.
        beatless = beats.reason is not None
        said = {name: network(rows[None]) for name, network in self.by_name.items()}
        verdicts = {name: self._own(name, one, beatless) for name, one in said.items()}
        both = combined(*(one.report[0] for one in said.values()))
        out_of_distribution = any(verdict.out_of_distribution for verdict in verdicts.values())
        version = "+".join(verdict.version for verdict in verdicts.values())
        verdicts[ENSEMBLE] = _verdict(
            probabilities(both, self.temperature), self.abstain_below, out_of_distribution, version
        )
        notices = (NO_BEATS,) if beatless else (OUT_OF_DISTRIBUTION,) if out_of_distribution else ()
        return Prediction(verdicts, _by_lead(rows, said), notices)

    def _own(self, name: str, said: Outputs, beatless: bool) -> Verdict:
        card = self.by_name[name].card
        out_of_distribution = beatless or bool(said.distance[0] > card.distance_limit)
        return _verdict(said.report[0], card.abstain_below, out_of_distribution, card.sha256[:12])


def networks(folder: Path = WEIGHTS_FOLDER) -> Networks:
    """Load both networks, once a process, whichever thread asks first.

    Raises
    ------
    ModelFileError
        When a file or its card is missing or wrong.
    """
    with _LOADING:
        return _loaded(folder)


@cache
def _loaded(folder: Path) -> Networks:
    file = folder / f"{ENSEMBLE}.json"
    try:
        joint = json.loads(file.read_text(encoding="utf-8"))
        temperature, bar = float(joint["temperature"]), float(joint["abstain_below"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelFileError(f"{file.name} does not say how the networks are joined: {error}") from error
    by_name = {name: load(name, folder) for name in NETWORKS}
    for network in by_name.values():
        # The first call of a network takes seconds, so it is made here and not while somebody waits for an answer.
        network(np.zeros((1, *network.card.input), np.float32))
    return Networks(by_name, temperature, bar)


def _verdict(said: np.ndarray, bar: float, out_of_distribution: bool, version: str) -> Verdict:
    unsure = float(said.max()) < bar
    return Verdict(
        tuple(float(one) for one in said),
        CLASSES[int(said.argmax())],
        out_of_distribution or unsure,
        out_of_distribution,
        version,
    )


def _by_lead(rows: np.ndarray, said: dict[str, Outputs]) -> dict[str, dict[str, tuple[float, ...]]]:
    read = [bool(row[:, 1].any()) for row in rows]
    names = {lead: row for row, lead in enumerate(LEADS) if read[row]}
    if any(read[len(LEADS) :]):
        names[STRIP] = len(LEADS)
    return {
        name: {lead: tuple(float(one) for one in answer.leads[0, row]) for lead, row in names.items()}
        for name, answer in said.items()
    }
