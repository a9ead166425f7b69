"""The first line of a report on screen: each figure with its normal range, and a mark where it lies outside."""

from __future__ import annotations

import streamlit as st

from ecgviz.study import Study
from ecgviz.words import doubts, first_line, plain

ICONS = {"above": ":material/arrow_upward:", "below": ":material/arrow_downward:"}
NARROW_PX, WIDE_PX = 168, 230
# Characters of a value and of a range that fit the narrow width.
SHORT, SHORT_RANGE = 12, 20


def show(study: Study) -> None:
    """Show rate, rhythm, PR, QRS, QT and QTc, and axis."""
    with st.container(horizontal=True, gap="small", border=True, key="first_line"):
        for figure in first_line.first_line(study.measurements, study.trust, study.is_paced):
            short = len(figure.value) <= SHORT and len(figure.normal) <= SHORT_RANGE
            width = NARROW_PX if short else WIDE_PX
            with st.container(width=width, gap="xsmall"):
                st.metric(figure.label, figure.value, width="stretch", help=figure.note)
                st.caption(plain(f"normal: {figure.normal}"))
                if figure.provisional:
                    st.badge(doubts.PROVISIONAL, icon=":material/warning:", color="orange")
                if figure.outside:
                    icon = ICONS.get(figure.outside, ":material/priority_high:")
                    st.badge(figure.outside, icon=icon, color="orange")
