"""The verdict card: one look for each of its three states, wherever a verdict is shown."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from ecgviz.predictions import VerdictCard
from ecgviz.words import plain
from models.serving import VerdictState

# Badge of each state: its words, icon and colour; the words alone tell them apart.
BADGES: dict[VerdictState, tuple[str, str, Literal["green", "orange", "gray"]]] = {
    VerdictState.PREDICTED: ("Predicted", ":material/check_circle:", "green"),
    VerdictState.UNSURE: ("Unsure", ":material/help:", "orange"),
    VerdictState.NOT_APPLICABLE: ("Not applicable", ":material/block:", "gray"),
}


def card(shown: VerdictCard) -> None:
    """Show a verdict: its state, its headline, and what it rests on or why there is none."""
    words, icon, colour = BADGES[shown.state]
    with st.container(border=True, gap="xsmall", key=f"verdict_{shown.state.value}"):
        st.badge(words, icon=icon, color=colour)
        st.markdown(f"#### {plain(shown.title)}")
        for sentence in shown.sentences:
            st.markdown(plain(sentence))
