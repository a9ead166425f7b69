"""Parts of the page Evaluation that take reports apart: by lead, by the way leads are joined, by layout."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ecgviz.app import chart_downloads
from ecgviz.charts import evaluation_charts
from ecgviz.evaluation import kept
from ecgviz.evaluation.tables import SCORES, WAYS, class_counts, prediction_scores, scores_table, way_table
from ecgviz.predictions import EVERY_NAME
from models.evaluation import HEADLINE
from models.networks import NETWORKS, PAPER_NETWORKS
from models.scoring import JOINT

LEAD_NETWORKS = (*NETWORKS, *PAPER_NETWORKS)


def leads() -> None:
    """Show what each lead alone is worth, and what is gained by joining them."""
    first, second = st.columns([3, 2], gap="medium")
    chosen = first.pills("Networks", list(LEAD_NETWORKS), selection_mode="multi", wrap=True, default=list(NETWORKS),
                         format_func=EVERY_NAME.__getitem__, key="evaluation_lead_models",
                         persist_state="session")  # fmt: skip
    score = second.selectbox("Score", prediction_scores(), key="evaluation_lead_score", persist_state="session")
    st.markdown("**Each lead alone**")
    networks = [name for name in LEAD_NETWORKS if name in chosen] or list(NETWORKS)
    table = pd.concat([kept.lead_table(name) for name in networks], ignore_index=True)
    shown = table[table["score"] == score]
    chart_downloads.draw(
        evaluation_charts.interval_chart(shown, "lead", f"{score}, from one lead"),
        f"{score} of each lead alone, with 95% intervals",
        shown,
        "leads_alone",
        ["headline's reports; the answer of each network's head that sees one lead"],
    )
    st.markdown("**All leads joined**")
    joined = way_table({way: kept.unseen_answers(HEADLINE, way) for way in WAYS})
    joined = joined[joined["score"] == score]
    chart_downloads.draw(
        evaluation_charts.interval_chart(joined, "way", f"{score}, from all leads"),
        f"{score} of each way from the leads to the report, with 95% intervals",
        joined,
        "ways_from_leads",
        ["headline's reports; whatever a way learns, it learns on other folds"],
    )
    st.caption(
        "The network's own head looks at all leads at once; it is what the app uses. The other ways join what each "
        "lead says alone: the mean of probabilities or of scores, that mean without the two highest and the two lowest "
        "leads, and weights for each lead and class that were learnt on the other folds."
    )


def layouts() -> None:
    """Show how the networks do on pages in other layouts, and on those that the curated collection left out."""
    figures = kept.evaluation().figures
    score = st.selectbox("Score", list(SCORES), format_func=SCORES.__getitem__, key="evaluation_layout_score",
                         persist_state="session")  # fmt: skip
    everywhere = {HEADLINE: {name: figures["headline"][name] for name in figures["abstention"]}}
    table = scores_table(everywhere | figures["other_reports"], score)
    table["part"] = [f"{part} (n {n})" for part, n in zip(table["part"], table["n"], strict=True)]
    chart_downloads.draw(
        evaluation_charts.interval_chart(table, "part", SCORES[score]),
        f"{SCORES[score]} by layout, with 95% intervals",
        table,
        f"layouts_{score}",
        ["reports that the network had not seen; temperatures of the headline's reports"],
        place="layouts",
    )
    st.caption(
        "3x4+1 is the headline. Macro-F1 is the mean over the classes that occur or were said: no page in two columns "
        "is Normal, so a single page called Normal adds a class at zero and pulls it down, which is why some intervals "
        "lie so far to one side. The rest of version 1 follows other labels than the curated part: what "
        "falls there is agreement with those labels. Under Right and wrong, choose these reports for their classes."
    )
    st.markdown("**How many reports of each class there are**")
    rows = {part: kept.unseen_answers(part, JOINT).labels for part in everywhere | figures["other_reports"]}
    counted = class_counts(rows)
    st.dataframe(counted, hide_index=True, alt="Reports by part and class")
