"""Predictions under another aggregation of the leads, and with leads left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from ecgviz.predictions.model_names import NAMES, OURS
from ecgviz.predictions.prediction_tables import model_table, percent, report_table
from ecgviz.study import Study
from models.evaluation import lead_votes
from models.networks import ENSEMBLE, lead_name
from models.scoring import JOINT
from models.serving import Prediction, predictor


def without(study: Study, left_out: Sequence[str]) -> Prediction:
    """Return the prediction for a study from some of its leads; the study's own where none is left out.

    Only networks that see all leads at once are run again; the article's see each alone.

    Parameters
    ----------
    study : Study
        Read with its models.
    left_out : sequence of str
        Leads by the networks' names: the strip is ``rhythm``.
    """
    whole = study.prediction
    assert whole is not None
    if not left_out:
        return whole
    networks = predictor.networks()
    kept = [trace for trace in study.good_traces if lead_name(trace.id) not in left_out]
    pictures = study.pictures_without(left_out)
    own = networks(kept, study.measurements.beats, study.forbids_prediction, pictures, baselines=False)
    article = networks.of_leads(whole, left_out)
    leads = {
        name: {lead: found for lead, found in whole.leads[name].items() if lead not in left_out} for name in article
    }
    return replace(own, verdicts={**article, **own.verdicts}, leads={**leads, **own.leads})


def aggregated(prediction: Prediction, aggregation: str) -> pd.DataFrame:
    """Return each model's probabilities under one of `AGGREGATIONS`, as `report_table` does."""
    return report_table(prediction) if aggregation == JOINT else _of_single_leads(prediction, aggregation)


def comparison(before: pd.DataFrame, after: pd.DataFrame) -> str:
    """Return how the combined model's most probable class changed between two tables of `aggregated`."""
    own = [table[table["model"] == NAMES[ENSEMBLE]].set_index("class")["probability"] for table in (before, after)]
    first, then = (probabilities.idxmax() for probabilities in own)
    if np.allclose(*own):
        return "Unchanged so far: choose another aggregation or leave leads out."
    change = f"{percent(own[0][first])} before, {percent(own[1][then])} now"
    if first == then:
        return f"{first} remains most probable: {change}."
    return f"Most probable is now {then} instead of {first}: {change}."


def _of_single_leads(prediction: Prediction, aggregation: str) -> pd.DataFrame:
    by_model = {
        name: lead_votes.report_probabilities(name, aggregation, leads)
        for name, leads in prediction.leads.items()
        if (name, aggregation) in lead_votes.shipped_votes()
    }
    by_model[ENSEMBLE] = np.mean([found for name, found in by_model.items() if name in OURS], axis=0)
    return model_table(by_model)
