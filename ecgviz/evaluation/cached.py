"""The evaluation files and what is computed from them, cached for all sessions."""

from __future__ import annotations

import hashlib

import pandas as pd
import streamlit as st

from ecgviz.evaluation import score_tables, tables
from ecgviz.evaluation.files import EvaluationFiles
from ecgviz.predictions import AGGREGATIONS
from models.evaluation import HEADLINE, HeldOutPredictions, held_out


@st.cache_data(show_spinner=False)
def evaluation() -> EvaluationFiles:
    """Return the evaluation files."""
    return EvaluationFiles.read()


@st.cache_data(max_entries=32, show_spinner=False)
def predictions(part: str, aggregation: str) -> HeldOutPredictions:
    """Return the predictions for one part of the held-out reports, under one aggregation of the leads."""
    return held_out.predictions(evaluation().out_of_fold, part, aggregation)


def _digest(predictions: HeldOutPredictions) -> str:
    parts = (predictions.labels, predictions.groups, *predictions.probabilities.values())
    names = ",".join(predictions.probabilities)
    return hashlib.sha256(b"".join([names.encode(), *(part.tobytes() for part in parts)])).hexdigest()


@st.cache_data(max_entries=128, show_spinner=False, hash_funcs={HeldOutPredictions: _digest})
def class_table(predictions: HeldOutPredictions, model: str) -> pd.DataFrame:
    """Return one model's scores of every class with their intervals."""
    return score_tables.class_table(predictions, [model])


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs={HeldOutPredictions: _digest})
def score_table(predictions: HeldOutPredictions, model: str) -> pd.DataFrame:
    """Return one model's scores over all classes with their intervals."""
    return score_tables.score_table(predictions, [model])


@st.cache_data(show_spinner=False)
def aggregation_table() -> pd.DataFrame:
    """Return the scores of each aggregation of the leads on the headline's reports."""
    return tables.aggregation_table({name: predictions(HEADLINE, name) for name in AGGREGATIONS})


@st.cache_data(show_spinner=False)
def lead_table(network: str) -> pd.DataFrame:
    """Return one network's scores from each lead alone."""
    return tables.lead_table(evaluation().out_of_fold, network)
