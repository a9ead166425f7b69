"""The frame of every page, and the parts that pages share."""

from __future__ import annotations

import streamlit as st

from ecgviz import DISCLAIMER
from ecgviz.app import caches, session, widget_state
from ecgviz.app.all_controls import Controls, controls
from ecgviz.app.session_state import Report
from ecgviz.words import plain
from preprocessing.errors import EcgImageError

PAGES = [
    ("streamlit_app.py", "Home"),
    ("pages/1_Preprocessing.py", "Preprocessing"),
    ("pages/2_Leads.py", "Leads"),
    ("pages/3_Signals.py", "Signals"),
    ("pages/4_Models.py", "Models"),
    ("pages/5_Evaluation.py", "Evaluation"),
    ("pages/6_Batch.py", "Batch"),
    ("pages/10_Worklist.py", "Worklist"),
    ("pages/7_Learn.py", "Learn"),
    ("pages/11_Demonstrate.py", "Demonstrate"),
    ("pages/12_Compare.py", "Compare"),
    ("pages/8_Report.py", "Report"),
    ("pages/9_Beat_lab.py", "Beat lab"),
]
WAYS_ON = [
    ("pages/1_Preprocessing.py", "Preprocessing, stage by stage"),
    ("pages/2_Leads.py", "All leads"),
    ("pages/3_Signals.py", "Signals and measurements"),
    ("pages/4_Models.py", "What the prediction depends on"),
    ("pages/8_Report.py", "Download report"),
]
FACT_PX, NAMES_PX = 140, 320
# An uploader keeps its file's name and has no option to hide it.
NO_UPLOAD_NAMES = '<style>[data-testid="stFileChipName"] {visibility: hidden}</style>'
HIDING = (
    "Paints over everything outside the traces and hides file names, on every page and for every report. Print and "
    "handwriting between the traces stay, also in the crops on Preprocessing."
)


def frame(title: str, lead_in: str) -> None:
    """Draw the menu with the disclaimer, the page's title and its first line."""
    st.set_page_config(page_title=f"{title} · ecgviz", page_icon=caches.tab_icon(), layout="wide")
    widget_state.fill_defaults()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="menu"):
        for path, name in PAGES:
            st.page_link(path, label=name)
        st.space("stretch")
        st.caption(DISCLAIMER, width="content")
    if session.margins_hidden():
        st.html(NO_UPLOAD_NAMES)
    st.title(title, anchor=False)
    st.markdown(lead_in)


def heading(report: Report) -> None:
    """Show the current report's name, a choice among the open ones, and a button to close it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        names = {one.sha256: session.shown_name(one) for one in session.reports()}
        if len(names) == 1:
            st.markdown(f"**{plain(names[report.sha256])}**", width="content")
        else:
            controls.current_report = report.sha256
            st.selectbox("Open reports", list(names), key=Controls.current_report.key, format_func=names.__getitem__,
                         on_change=_choose_report, label_visibility="collapsed", width=NAMES_PX)  # fmt: skip
        if report.title:
            st.badge("simulated sample", color="gray")
        st.button("Close report", icon=":material/close:", type="tertiary", on_click=session.close)


def refused(refusal: EcgImageError, what: str) -> None:
    """Show a refusal: what happened, what to do, and its stable code."""
    st.error(f"**{what}** {plain(refusal.message)}\n\nCode: `{refusal.code}`", icon=":material/block:")


def ways_on() -> None:
    """Link to the pages that show more of the result."""
    with st.container(horizontal=True, gap="small", key="ways_on"):
        for path, words in WAYS_ON:
            st.page_link(path, label=words, icon=":material/arrow_forward:")


def _choose_report() -> None:
    session.choose(controls.current_report)
