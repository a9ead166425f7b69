"""Learn, last parts: limits and ethics, and the glossary."""

from __future__ import annotations

import streamlit as st

from ecgviz.evaluation import cached
from ecgviz.learn import about_limits
from ecgviz.learn.controls import LearnControls
from ecgviz.words import glossary


def limits() -> None:
    """Show every limit with its figures."""
    for limit in about_limits.limits(cached.evaluation()):
        with st.container(border=True):
            st.markdown(f"**{limit.title}**")
            st.markdown(limit.words)
    st.caption(
        "The figures are computed from the files that ship with the networks. With intervals: models/MODEL_CARD.md."
    )


@st.fragment
def terms() -> None:
    """Show the glossary, or the terms that match a query."""
    query = st.text_input(
        "Search", key=LearnControls.learn_search.key, placeholder="for example ST or calibration", live=True
    )
    found = glossary.search(query)
    st.caption(f"{len(found)} of {len(glossary.TERMS)} terms" if found else "No term found. Try a shorter word.")
    for term in found:
        st.markdown(f"**{term.word}.** {term.meaning}")
