"""The frame that every page wears, and the pieces that pages share."""

from __future__ import annotations

import streamlit as st

from ecgviz import DISCLAIMER
from ecgviz.app import caches, session
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
    ("pages/7_Learn.py", "Learn"),
    ("pages/8_Report.py", "Report"),
    ("pages/9_Beat_lab.py", "Beat lab"),
]
WAYS_ON = [
    ("pages/1_Preprocessing.py", "See how a lead is prepared"),
    ("pages/2_Leads.py", "See every lead"),
    ("pages/3_Signals.py", "Measure the signals"),
    ("pages/4_Models.py", "See what the scores depend on"),
    ("pages/8_Report.py", "Take a report away"),
]
FACT_PX, NAMES_PX = 140, 320
# An uploader keeps the name of what it was given, and has no way of its own to be told not to show it.
NO_UPLOAD_NAMES = '<style>[data-testid="stFileChipName"] {visibility: hidden}</style>'
HIDING = (
    "Paints over everything outside the traces, on every page of the app and for every report, and shows no file name. "
    "What is printed or written between the traces stays, and so does what lies within a lead's crop on Preprocessing."
)


def frame(title: str, lead_in: str) -> None:
    """Draw the menu, the page's title and the line that says what this tool is not."""
    st.set_page_config(page_title=f"{title} · ecgviz", page_icon=caches.tab_icon(), layout="wide")
    session.remember()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="menu"):
        for path, name in PAGES:
            st.page_link(path, label=name)
        st.space("stretch")
        st.caption(DISCLAIMER, width="content")
    if session.margins_hidden():
        st.html(NO_UPLOAD_NAMES)
    st.title(title, anchor=False)
    st.markdown(lead_in)


def heading(report: session.Report) -> None:
    """Name the current report, let another of the open ones take its place, and let it be closed."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        names = {one.sha256: session.shown_name(one) for one in session.reports()}
        if len(names) == 1:
            st.markdown(f"**{plain(names[report.sha256])}**", width="content")
        else:
            st.session_state["current_report"] = report.sha256
            st.selectbox("Open reports", list(names), key="current_report", format_func=names.__getitem__,
                         on_change=_choose_report, label_visibility="collapsed", width=NAMES_PX)  # fmt: skip
        if report.title:
            st.badge("drawn sample", color="gray")
        st.button("Close report", icon=":material/close:", type="tertiary", on_click=session.close)


def refused(refusal: EcgImageError, what: str) -> None:
    """Show a refusal: what happened, what to do, and its stable code."""
    st.error(f"**{what}** {plain(refusal.message)}\n\nCode: `{refusal.code}`", icon=":material/block:")


def ways_on() -> None:
    """Lead on from the answer to the pages that show more of it."""
    with st.container(horizontal=True, gap="small", key="ways_on"):
        for path, words in WAYS_ON:
            st.page_link(path, label=words, icon=":material/arrow_forward:")


def _choose_report() -> None:
    session.choose(st.session_state["current_report"])
