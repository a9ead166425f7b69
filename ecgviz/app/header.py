"""The header of every page, in view while it scrolls: the menu in its three groups, and the open report."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ecgviz.app import session
from ecgviz.app.all_controls import Controls, controls
from ecgviz.words import plain

THIS_REPORT, MANY_REPORTS, LEARN = "This report", "Many reports", "Learn and teach"
MENU = {
    THIS_REPORT: {
        "streamlit_app.py": "Home",
        "pages/1_Preprocessing.py": "Preprocessing",
        "pages/2_Leads.py": "Leads",
        "pages/3_Signals.py": "Signals",
        "pages/4_Models.py": "Models",
        "pages/12_Compare.py": "Compare",
        "pages/8_Report.py": "Report",
    },
    MANY_REPORTS: {
        "pages/6_Batch.py": "Batch",
        "pages/10_Worklist.py": "Worklist",
        "pages/5_Evaluation.py": "Evaluation",
    },
    LEARN: {
        "pages/7_Learn.py": "Learn",
        "pages/11_Demonstrate.py": "Demonstrate",
        "pages/9_Beat_lab.py": "Beat lab",
    },
}
STYLE = Path(__file__).with_name("frame.css")
NAMES_PX = 240


def show() -> None:
    """Draw the header; the pages of the open report are links, the other two groups open as menus."""
    st.html(STYLE)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="header"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content", key="menu"):
            for path, name in MENU[THIS_REPORT].items():
                st.page_link(path, label=name)
        for group in (MANY_REPORTS, LEARN):
            with st.popover(group, type="tertiary", width="content", key=f"menu_{group}"):
                for path, name in MENU[group].items():
                    st.page_link(path, label=name)
        st.space("stretch")
        _report()


def _report() -> None:
    """Show the open report's name, or a choice among the open ones, and a button to close it."""
    report = session.current()
    if report is None:
        return
    if report.title:
        st.badge("simulated sample", color="gray", width="content")
    names = {one.sha256: session.shown_name(one) for one in session.reports()}
    if len(names) == 1:
        with st.container(width="content", key="report_name"):
            st.markdown(f"**{plain(names[report.sha256])}**", width="content")
    else:
        controls.current_report = report.sha256
        st.selectbox("Open reports", list(names), key=Controls.current_report.key, format_func=names.__getitem__,
                     on_change=_choose_report, label_visibility="collapsed", width=NAMES_PX)  # fmt: skip
    st.button("Close report", icon=":material/close:", type="tertiary", on_click=session.close, key="close_report",
              help="Close this report and clear what was computed from it")  # fmt: skip


def _choose_report() -> None:
    session.choose(controls.current_report)
