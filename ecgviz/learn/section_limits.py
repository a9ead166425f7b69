"""Learn, last parts: limits and ethics, and the glossary."""

from __future__ import annotations

import streamlit as st

from ecgviz.evaluation import kept
from ecgviz.learn import about_limits, glossary


def limits() -> None:
    """Show every limit with its figures."""
    st.markdown("What these networks can and cannot be asked. Figures come from the files that ship with them.")
    for limit in about_limits.limits(kept.evaluation()):
        with st.container(border=True):
            st.markdown(f"**{limit.title}**")
            st.markdown(limit.words)
    st.caption("All figures with their intervals: models/MODEL_CARD.md.")


@st.fragment
def words() -> None:
    """Show the glossary, or what of it is asked for."""
    asked = st.text_input("Look for", key="learn_asked", placeholder="a word, such as ST or calibration", live=True)
    terms = glossary.found(asked)
    st.caption(f"{len(terms)} of {len(glossary.TERMS)} terms" if terms else "No term holds that. Try a shorter word.")
    for term in terms:
        st.markdown(f"**{term.word}.** {term.meaning}")
