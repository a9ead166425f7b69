"""What the shipped networks and the findings head make of a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecgviz.study.paced_spikes import PACED
from models.findings import head
from models.serving import Prediction, predictor
from preprocessing.measuring import find_beats

if TYPE_CHECKING:
    from ecgviz.study.study import Study


def predicted(study: Study, baselines: bool = True) -> Prediction:
    """Return the prediction for a study, with its findings; without `baselines`, of the ensemble's networks alone."""
    networks, findings = predictor.networks(), head.findings_head()  # Looked up at the call: tests replace them.
    if study.record is not None:
        traces = study.record.traces
        paced = (PACED.code,) if study.is_paced else ()
        prediction = networks(traces, find_beats(traces), paced, study.pictures, baselines)
        return findings.applied(prediction, study.measurements)
    prediction = networks(
        study.good_traces, study.measurements.beats, study.forbids_prediction, study.pictures, baselines
    )
    # A paced rhythm is none of the networks' classes, but one of the findings.
    return findings.applied(prediction, study.measurements, study.trust.forbids_prediction)
