"""The evaluation files and what is computed from them, cached for all sessions."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ecgviz.evaluation import tables
from ecgviz.evaluation.files import EvaluationFiles
from models.evaluation import HeldOutPredictions, held_out


@st.cache_data(show_spinner=False)
def evaluation() -> EvaluationFiles:
    """Return the evaluation files."""
    return EvaluationFiles.read()


@st.cache_data(max_entries=32, show_spinner=False)
def predictions(part: str, aggregation: str) -> HeldOutPredictions:
    """Return the predictions for one part of the held-out reports, under one aggregation of the leads."""
    return held_out.predictions(evaluation().out_of_fold, part, aggregation)


@st.cache_data(max_entries=128, show_spinner=False)
def class_table(part: str, aggregation: str, model: str) -> pd.DataFrame:
    """Return one model's scores of every class with their intervals."""
    return tables.class_table(predictions(part, aggregation), [model])


@st.cache_data(show_spinner=False)
def lead_table(network: str) -> pd.DataFrame:
    """Return one network's scores from each lead alone."""
    return tables.lead_table(evaluation().out_of_fold, network)
