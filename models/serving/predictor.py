"""The prediction for one report: each network's verdict, their ensemble's, and what each lead alone gives."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from models.classes import CLASSES
from models.networks import (
    ENSEMBLE,
    LINEAR_HEAD,
    MODEL_KEYS,
    PAPER_NETWORKS,
    PICTURE_NETWORKS,
    STRIP,
    TRACE_NETWORKS,
    ReportPictures,
    lead_rows,
)
from models.scoring import Combination
from models.serving.cards import WEIGHTS_FOLDER, ModelFileError, shipped
from models.serving.classifier import Classifier, Outputs, load
from models.serving.linear_head_file import LinearMember, load_linear_head
from models.serving.network_file import once_per_process
from models.serving.paper_classifier import PaperClassifier, load_paper, of_leads
from models.serving.picture_classifier import PictureClassifier, load_pictures
from models.serving.verdicts import (
    NO_BEATS,
    NO_NETWORK_AGREES,
    OUT_OF_DISTRIBUTION,
    Prediction,
    Verdict,
    VerdictState,
    verdict_of,
)
from preprocessing.lead_id import LEADS
from preprocessing.measuring import HeartBeats
from preprocessing.traces import Trace

AnyClassifier = Classifier | PictureClassifier | PaperClassifier


@dataclass(frozen=True)
class EnsembleSettings:
    """How networks are combined, chosen on held-out reports.

    Attributes
    ----------
    combination : Combination
    abstain_below : float
    """

    combination: Combination
    abstain_below: float


@dataclass(frozen=True)
class Networks:
    """All networks over reports, loaded, and the settings of their ensemble.

    Attributes
    ----------
    by_name : dict of str to classifier
        In the order of `MODEL_KEYS`.
    both, traces : EnsembleSettings
        For a report whose pictures are given, and for one of which there are traces alone.
    linear : LinearMember or None
        The member of the ensemble that is no network; none where traces alone are combined.
    """

    by_name: Mapping[str, AnyClassifier]
    both: EnsembleSettings
    traces: EnsembleSettings
    linear: LinearMember | None = None

    def __call__(
        self,
        traces: Sequence[Trace],
        beats: HeartBeats,
        doubts: Sequence[str] = (),
        pictures: ReportPictures | None = None,
        baselines: bool = True,
    ) -> Prediction:
        """Predict from one page: its traces, the beats found in them, and its pictures.

        Parameters
        ----------
        traces : sequence of Trace
        beats : HeartBeats
        doubts : sequence of str
            Codes of why no prediction applies to this reading.
        pictures : ReportPictures, optional
            Without them, as for a recording that is no image, the networks over traces alone predict.
        baselines : bool
            False leaves out the article's networks, which take most of the time and no part in the ensemble.
        """
        rows = lead_rows(traces)
        # To a network faint noise looks like a quiet heart; the search for beats tells them apart.
        beatless = beats.reason is not None
        known = (*doubts, *((NO_BEATS.code,) if beatless else ()))
        left_out = () if baselines else PAPER_NETWORKS
        present = [name for name in self.by_name if name in TRACE_NETWORKS or pictures is not None]
        names = [name for name in present if name not in left_out]
        outputs = {name: self._run(name, rows, pictures) for name in names}
        verdicts = {name: self._verdict(name, one, known) for name, one in outputs.items()}
        verdicts[ENSEMBLE] = self._joint(outputs, verdicts, pictures)
        leads = {name: _by_lead(one, _read(name, rows, pictures)) for name, one in outputs.items()}
        unlike = OUT_OF_DISTRIBUTION.code in verdicts[ENSEMBLE].reasons
        notices = (NO_BEATS,) if beatless else (OUT_OF_DISTRIBUTION,) if unlike else ()
        return Prediction(verdicts, leads, notices)

    def of_pictures(
        self, pictures: ReportPictures, names: Iterable[str] | None = None, doubts: Sequence[str] = ()
    ) -> Prediction:
        """Predict by some networks over pictures alone, such as after the stages' settings were changed.

        Parameters
        ----------
        pictures : ReportPictures
        names : iterable of str, optional
            By default all loaded networks over pictures, the article's among them.
        doubts : sequence of str

        Returns
        -------
        Prediction
            Without the ensemble.
        """
        own = [name for name in self.by_name if name not in TRACE_NETWORKS]
        chosen = own if names is None else [name for name in own if name in set(names)]
        outputs = {name: self._run(name, None, pictures) for name in chosen}
        verdicts = {name: self._verdict(name, one, tuple(doubts)) for name, one in outputs.items()}
        leads = {name: _by_lead(one, pictures.read) for name, one in outputs.items()}
        return Prediction(verdicts, leads, ())

    def of_leads(self, prediction: Prediction, left_out: Collection[str]) -> dict[str, Verdict]:
        """Return the article's verdicts from some leads, by network; they see each lead alone, so none is run again.

        Parameters
        ----------
        prediction : Prediction
            From all leads, which remains the reason where no prediction applies.
        left_out : collection of str
            Leads by the networks' names: the strip is ``rhythm``.
        """
        found = {}
        for name in PAPER_NETWORKS:
            leads = {lead: own for lead, own in prediction.leads.get(name, {}).items() if lead not in left_out}
            if leads:
                card, before = self.by_name[name].card, prediction.verdicts[name]
                report = of_leads(leads, card.temperature)
                found[name] = verdict_of(report, card.abstain_below, before.reasons, before.version)
        return found

    def _run(self, name: str, rows: np.ndarray | None, pictures: ReportPictures | None) -> Outputs:
        if name in TRACE_NETWORKS:
            assert rows is not None
            return self.by_name[name](rows[None])
        assert pictures is not None
        return self.by_name[name]((pictures.squares if name in PAPER_NETWORKS else pictures.scaled)[None])

    def _joint(
        self, outputs: dict[str, Outputs], verdicts: dict[str, Verdict], pictures: ReportPictures | None
    ) -> Verdict:
        """Return the ensemble's verdict; what keeps one of its networks from a prediction keeps it from one too."""
        settings = self.traces if pictures is None else self.both
        members = settings.combination.weights
        found = {name: outputs[name].report for name in members if name in outputs}
        versions = {name: verdicts[name].version for name in found}
        if LINEAR_HEAD in members:
            assert self.linear is not None
            assert pictures is not None
            found[LINEAR_HEAD] = self.linear(pictures.scaled[None])
            versions[LINEAR_HEAD] = self.linear.version
        reasons = tuple(dict.fromkeys(code for name in members if name in verdicts for code in verdicts[name].reasons))
        version = "+".join(versions[name] for name in members)
        verdict = verdict_of(settings.combination(found)[0], settings.abstain_below, reasons, version)
        if verdict.abstains or any(verdicts[name].label == verdict.label for name in members if name in verdicts):
            return verdict
        # An offset or the linear head alone moved it there.
        return replace(verdict, state=VerdictState.UNSURE, reasons=(NO_NETWORK_AGREES,))

    def _verdict(self, name: str, outputs: Outputs, known: tuple[str, ...]) -> Verdict:
        card = self.by_name[name].card
        unlike = bool(outputs.distance[0] > card.distance_limit) and NO_BEATS.code not in known
        reasons = (*known, *((OUT_OF_DISTRIBUTION.code,) if unlike else ()))
        return verdict_of(outputs.report[0], card.abstain_below, reasons, card.sha256[:12])


def load_networks(folder: Path = WEIGHTS_FOLDER) -> Networks:
    """Load all networks over reports.

    Raises
    ------
    ModelFileError
        When a file or its card is missing or invalid.
    """
    file = folder / f"{ENSEMBLE}.json"
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        both, traces = (_settings(kept[key]) for key in ("both", "traces"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelFileError(f"{file.name} does not give the settings of the ensemble: {error}") from error
    present = shipped(folder)
    by_name = {name: _loaded(name, folder) for name in MODEL_KEYS if name in present or name in TRACE_NETWORKS}
    linear = load_linear_head(folder) if LINEAR_HEAD in both.combination.weights else None
    return Networks(by_name, both, traces, linear)


networks = once_per_process(load_networks)


def _loaded(name: str, folder: Path) -> AnyClassifier:
    if name in PAPER_NETWORKS:
        return load_paper(name, folder)
    return load_pictures(name, folder) if name in PICTURE_NETWORKS else load(name, folder)


def _settings(kept: dict[str, Any]) -> EnsembleSettings:
    weights = {name: float(weight) for name, weight in kept["weights"].items()}
    offsets = tuple(float(kept["offsets"][name]) for name in CLASSES)
    return EnsembleSettings(Combination(weights, float(kept["temperature"]), offsets), float(kept["abstain_below"]))


def _read(name: str, rows: np.ndarray, pictures: ReportPictures | None) -> tuple[str, ...]:
    """Return the names of the leads that a network's input shows."""
    if name not in TRACE_NETWORKS and pictures is not None:
        return pictures.read
    read = [bool(row[:, 1].any()) for row in rows]
    strip = (STRIP,) if any(read[len(LEADS) :]) else ()
    return (*(lead for row, lead in enumerate(LEADS) if read[row]), *strip)


def _by_lead(outputs: Outputs, read: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
    places = {name: place for place, name in enumerate((*LEADS, STRIP))}
    return {lead: tuple(float(one) for one in outputs.leads[0][places[lead]]) for lead in read}
