"""Drift: whether the reports of a batch are like those the networks were trained on."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ecgviz.app import chart_downloads
from ecgviz.batch import Done
from ecgviz.batch_results import drift_tables as tables
from ecgviz.batch_results.controls import ResultControls
from ecgviz.charts import batch_charts
from ecgviz.words import MISSING


def show(done: Sequence[Done]) -> None:
    """Show each value's shift, and the distributions of a chosen one."""
    table = tables.drift_table(done)
    if table.empty:
        st.info(f"Drift needs at least {tables.LEAST_VALUES} reports that were read.", icon=":material/info:")
        return
    large = table.loc[table["shift"] == "large", "value"].tolist()
    what = f"{len(large)} of {len(table)} values have" if large else "No value has"
    st.markdown(f"**{what} shifted much** against the {tables.reference().n} training reports.")
    st.dataframe(tables.wide_drift_table(table), hide_index=True, placeholder=MISSING,
                 alt="Drift of each value against the training reports")  # fmt: skip
    st.caption(
        "PSI: population stability index over deciles of the training reports; from 0.1 moderate, from 0.25 large, and "
        "inflated below about 100 reports. KS: largest distance of the distribution functions, with the p-value of the "
        "two-sample Kolmogorov-Smirnov test, not corrected for the number of values. Confidences are compared with "
        "those on held-out training reports."
    )
    _distribution(done, [name for name in table["value"] if name != tables.LAYOUT])


@st.fragment
def _distribution(done: Sequence[Done], names: list[str]) -> None:
    value = st.selectbox("Value", names, key=ResultControls.batch_drift_value.key, persist_state="session")
    table = tables.distribution_table(*tables.samples_of(done)[value])
    chart_downloads.draw(
        batch_charts.distribution_chart(table, value),
        "Distribution of the value over the training reports and over this batch",
        table,
        "drift",
        [value],
    )
