"""What a batch shows without labels: predicted classes, confidences, and one model against another."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ecgviz.app import chart_downloads
from ecgviz.batch import Row, models_in
from ecgviz.batch_results import overview_tables as tables
from ecgviz.batch_results.controls import ResultControls
from ecgviz.batch_results.labelled import distinct
from ecgviz.charts import batch_charts, evaluation_charts
from ecgviz.evaluation import parts
from ecgviz.predictions import EVERY_NAME
from models.classes import CLASSES
from models.networks import ENSEMBLE

NOTES = ("each distinct report that was read counts once",)


def show(rows: Sequence[Row]) -> None:
    """Show class counts, confidences, and the models side by side."""
    own = distinct(rows)
    models = [name for name in EVERY_NAME if name in models_in(own)]
    if not models:
        st.info("No networks have predicted these reports: turn on 'Run the networks' and read the files again.",
                icon=":material/info:")  # fmt: skip
        return
    st.markdown("**Predicted classes**")
    counts = tables.class_counts(own, models)
    chart_downloads.draw(
        evaluation_charts.stacked_chart(counts, "model", "class", "reports", "share of reports", tables.OUTCOMES),
        "Reports by predicted class, one bar per model",
        counts,
        "predicted_classes",
        NOTES,
    )
    st.markdown("**Confidence**")
    confidences = tables.confidence_table(own, models)
    most = int(confidences["reports"].max())
    parts.abreast(confidences, lambda one: batch_charts.confidence_chart(one, most), "Reports by confidence")
    chart_downloads.under(confidences, "confidences", NOTES)
    st.caption("Probability of the most probable class, also where the model abstains.")
    _pair(own, models)


@st.fragment
def _pair(rows: Sequence[Row], models: list[str]) -> None:
    networks = [name for name in models if name != ENSEMBLE]
    if len(networks) < 2:
        return
    st.markdown("**One model against another**")
    first, second, third = st.columns(3, gap="medium")
    one = first.selectbox("First model", models, format_func=EVERY_NAME.__getitem__,
                          key=ResultControls.batch_pair_first.key, persist_state="session")  # fmt: skip
    others = [name for name in models if name != one]
    two = second.selectbox("Second model", others, format_func=EVERY_NAME.__getitem__,
                           key=ResultControls.batch_pair_second.key, persist_state="session")  # fmt: skip
    label = third.selectbox("Class", list(CLASSES), key=ResultControls.batch_pair_class.key, persist_state="session")
    table = tables.pair_table(rows, one, two, label)
    differ = table[table["agreement"] == tables.DISAGREE]
    st.markdown(f"They find different classes most probable in {len(differ)} of {len(table)} reports.")
    chart_downloads.draw(
        batch_charts.pair_chart(table, EVERY_NAME[one], EVERY_NAME[two], (tables.AGREE, tables.DISAGREE)),
        "Probabilities of one class by two models, one point per report",
        table,
        "two_models",
        [*NOTES, f"first: {EVERY_NAME[one]}; second: {EVERY_NAME[two]}; probability of {label}"],
    )
    st.caption("In the table, the filters 'Networks' and 'Between' show the reports on which models disagree.")
