"""How leads are weighed into a report's answer, and what comes of other ways and of fewer leads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ecgviz.predictions.model_names import NAMES
from ecgviz.predictions.prediction_tables import percent, report_table, shares_table
from ecgviz.study import Study
from models.evaluation import lead_votes
from models.networks import ENSEMBLE, lead_name
from models.scoring import ATTENTION, JOINT
from models.serving import Prediction, predictor

WAYS = {
    JOINT: "All leads at once, as the networks were taught",
    "mean": "Mean of what each lead alone would say",
    "logit_mean": "Mean of the leads' scores",
    "trimmed": "The same without the two highest and two lowest",
    ATTENTION: "The leads' scores by learnt weights",
}


def weighed(study: Study, way: str, left_out: Sequence[str]) -> pd.DataFrame:
    """Return each model's probabilities, as `report_table` does, under another way and with leads left out.

    Parameters
    ----------
    study : Study
    way : str
        One of `WAYS`.
    left_out : sequence of str
        Names as the networks know them: the strip is ``rhythm``.
    """
    kept = [trace for trace in study.traces if lead_name(trace.id) not in left_out]
    prediction = predictor.networks()(kept, study.measurements.beats)
    return report_table(prediction) if way == JOINT else _votes(prediction, way)


def moved(before: pd.DataFrame, after: pd.DataFrame) -> str:
    """Say what became of the likeliest class of both models together."""
    own = [table[table["model"] == NAMES[ENSEMBLE]].set_index("class")["probability"] for table in (before, after)]
    first, then = (shares.idxmax() for shares in own)
    if np.allclose(*own):
        return "So far this is the networks' own answer: choose another way, or leave leads out."
    if first == then:
        return f"{first} stays likeliest, with {percent(own[1][then])} instead of {percent(own[0][first])}."
    return f"{then} becomes likeliest with {percent(own[1][then])}; it was {first} with {percent(own[0][first])}."


def _votes(prediction: Prediction, way: str) -> pd.DataFrame:
    said = {name: lead_votes.report_probabilities(name, way, leads) for name, leads in prediction.leads.items()}
    said[ENSEMBLE] = np.mean(list(said.values()), axis=0)
    return shares_table(said)
