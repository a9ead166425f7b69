"""What the shipped networks and the findings head make of a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.findings import head
from models.serving import Prediction, predictor
from preprocessing.measuring import find_beats

if TYPE_CHECKING:
    from ecgviz.study.study import Study


def predicted(study: Study) -> Prediction:
    """Return the prediction for a study, with its findings."""
    networks, findings = predictor.networks(), head.findings_head()  # Looked up at the call: tests replace them.
    if study.record is not None:
        traces = study.record.traces
        prediction = networks(traces, find_beats(traces), pictures=study.pictures)
        return findings.applied(prediction, study.measurements)
    doubts = study.trust.forbids_prediction
    prediction = networks(study.good_traces, study.measurements.beats, doubts, study.pictures)
    return findings.applied(prediction, study.measurements, doubts)
