"""What ships of the networks' evaluation, read and joined once for every session."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ecgviz.evaluation import tables
from ecgviz.evaluation.files import EvaluationFiles
from models.evaluation import other_pages


@st.cache_data(show_spinner=False)
def evaluation() -> EvaluationFiles:
    """Return what ships of the networks' evaluation."""
    return EvaluationFiles.read()


@st.cache_data(max_entries=32, show_spinner=False)
def unseen_answers(part: str, way: str) -> other_pages.Answers:
    """Return what the models said of one part of the reports, joined from the leads in one way."""
    return other_pages.answers(evaluation().kept, part, way)


@st.cache_data(max_entries=128, show_spinner=False)
def class_table(part: str, way: str, model: str) -> pd.DataFrame:
    """Return one model's figures of every class with their intervals."""
    return tables.class_table(unseen_answers(part, way), [model])


@st.cache_data(show_spinner=False)
def lead_table(network: str) -> pd.DataFrame:
    """Return what each lead alone is worth to a network."""
    return tables.lead_table(evaluation().kept, network)
