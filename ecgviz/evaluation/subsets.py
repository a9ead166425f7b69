"""Parts of the page Evaluation on subsets: by lead, by aggregation of the leads, by layout."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ecgviz.app import chart_downloads
from ecgviz.charts import evaluation_charts
from ecgviz.evaluation import cached
from ecgviz.evaluation.controls import EvaluationControls
from ecgviz.evaluation.tables import (
    SCORES,
    class_counts,
    prediction_scores,
    scores_table,
)
from ecgviz.predictions import EVERY_NAME
from models.evaluation import HEADLINE
from models.networks import OWN_NETWORKS, PAPER_NETWORKS
from models.scoring import JOINT

LEAD_NETWORKS = (*OWN_NETWORKS, *PAPER_NETWORKS)


def leads() -> None:
    """Show the score from each lead alone, and from all leads under each aggregation."""
    first, second = st.columns([3, 2], gap="medium")
    names = first.pills(
        "Networks",
        list(LEAD_NETWORKS),
        selection_mode="multi",
        wrap=True,
        default=list(OWN_NETWORKS),
        format_func=EVERY_NAME.__getitem__,
        key=EvaluationControls.evaluation_lead_models.key,
        persist_state="session",
    )
    score = second.selectbox(
        "Score", prediction_scores(), key=EvaluationControls.evaluation_lead_score.key, persist_state="session"
    )
    st.markdown("**Single leads**")
    networks = [name for name in LEAD_NETWORKS if name in names] or list(OWN_NETWORKS)
    table = pd.concat([cached.lead_table(name) for name in networks], ignore_index=True)
    shown = table[table["score"] == score]
    chart_downloads.draw(
        evaluation_charts.interval_chart(shown, "lead", f"{score}, one lead"),
        f"{score} of each lead alone, with 95% intervals",
        shown,
        "leads_alone",
        ["headline's reports; output of each network's single-lead head"],
    )
    st.markdown("**All leads**")
    combined = cached.aggregation_table()
    combined = combined[combined["score"] == score]
    chart_downloads.draw(
        evaluation_charts.interval_chart(combined, "aggregation", f"{score}, all leads"),
        f"{score} of each aggregation of the leads, with 95% intervals",
        combined,
        "aggregations",
        ["headline's reports; learned weights were fitted on the other folds"],
    )
    st.caption(
        "The app uses the network's own head over all leads. The others combine single leads: mean probability; mean "
        "logit; mean logit without the two highest and lowest leads; attention weights fitted on the other folds."
    )


def layouts() -> None:
    """Show the scores on pages in other layouts, and on those outside the curated dataset."""
    figures = cached.evaluation().figures
    score = st.selectbox(
        "Score",
        list(SCORES),
        format_func=SCORES.__getitem__,
        key=EvaluationControls.evaluation_layout_score.key,
        persist_state="session",
    )
    parts = {HEADLINE: {name: figures["headline"][name] for name in figures["abstention"]}}
    table = scores_table(parts | figures["other_reports"], score)
    table["part"] = [f"{part} (n {n})" for part, n in zip(table["part"], table["n"], strict=True)]
    chart_downloads.draw(
        evaluation_charts.interval_chart(table, "part", SCORES[score]),
        f"{SCORES[score]} by layout, with 95% intervals",
        table,
        f"layouts_{score}",
        ["held-out reports; temperatures fitted on the headline's reports"],
        place="layouts",
    )
    st.caption(
        "3x4+1 is the headline. No page in two columns is Normal, so one predicted as Normal adds a class with F1 0; "
        "hence the skewed intervals. The rest of version 1 has other labels than the curated part."
    )
    st.markdown("**Reports per class**")
    labels = {part: cached.predictions(part, JOINT).labels for part in parts | figures["other_reports"]}
    st.dataframe(class_counts(labels), hide_index=True, alt="Reports by part and class")
