"""Two models on the same reports, a part that Evaluation and a labelled batch share."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import chart_downloads
from ecgviz.charts import evaluation_charts
from ecgviz.evaluation.comparison_tables import difference_table, mcnemar_table, wide_mcnemar_table
from ecgviz.evaluation.scope import Scope
from ecgviz.predictions import EVERY_NAME


@st.fragment
def comparison(scope: Scope) -> None:
    """Show McNemar's test of every pair, and how the scores of two chosen models differ."""
    if len(scope.models) < 2:
        st.info("Select at least two models to compare.", icon=":material/info:")
        return
    first, second = st.columns(2, gap="medium")
    names = list(scope.models)
    one = first.selectbox("First model", names, format_func=EVERY_NAME.__getitem__, key=scope.controls.first.key,
                          persist_state="session")  # fmt: skip
    others = [name for name in names if name != one]
    two = second.selectbox("Second model", others, format_func=EVERY_NAME.__getitem__, key=scope.controls.second.key,
                           persist_state="session")  # fmt: skip
    st.markdown(f"**{EVERY_NAME[one]} less {EVERY_NAME[two]}**")
    differences = difference_table(scope.predictions, one, two)
    if differences.empty:
        st.info("No report was predicted by both.", icon=":material/info:")
        return
    chart_downloads.draw(
        evaluation_charts.interval_chart(differences, "score", "difference", signed=True),
        "Differences of the scores of the two models with 95% intervals",
        differences,
        "differences",
        [*scope.notes, f"{EVERY_NAME[one]} less {EVERY_NAME[two]}, paired bootstrap"],
    )
    st.caption(
        "Above 0 the first model is better. 95% intervals of a paired bootstrap: both models on the same resampled "
        "reports. AUROC is the mean of the classes, each against the rest."
    )
    st.markdown("**McNemar's exact test, every pair**")
    st.dataframe(
        wide_mcnemar_table(mcnemar_table(scope.predictions, names)),
        hide_index=True,
        alt="McNemar's exact test of every pair of models",
    )
    st.caption(
        "Of the reports on which one model is right and the other wrong, do both win equally often? p is two-sided and "
        "not corrected for the number of pairs; it takes reports as independent."
    )
