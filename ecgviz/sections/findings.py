"""The findings beside the four classes: probabilities, and how far each can be relied on."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import studies
from ecgviz.predictions import finding_tables
from ecgviz.study import Study
from ecgviz.words import plain


def show(study: Study) -> None:
    """Show every finding with its probability, AUROC and n, or why there are none."""
    prediction = studies.prediction(study)
    st.markdown(plain(finding_tables.present(prediction)))
    if prediction.findings is not None:
        st.dataframe(
            finding_tables.table(prediction),
            hide_index=True,
            height="content",
            alt="One row per finding with its probability, its AUROC on held-out patients and n",
        )
        st.caption(plain(finding_tables.caption()))


def line(study: Study) -> None:
    """Show in one line which findings are present, with the way to all of them."""
    st.markdown(f"**Findings.** {plain(finding_tables.present(studies.combined(study)))}")
    st.page_link("pages/4_Models.py", label="See each finding with its AUROC", icon=":material/arrow_forward:")
