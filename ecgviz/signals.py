"""The pieces of the page Signals: viewer, downloads, and what the signals say."""

from __future__ import annotations

import streamlit as st

from ecgviz import exports, session, wfdb_record
from ecgviz.components import viewer
from ecgviz.study import Study


def page_viewer(report: session.Report, study: Study) -> None:
    """Show the signals on millimetre paper, the page beneath them."""
    with st.spinner("Reading the signals"):
        drawn = session.page_drawing(report.sha256, study.how, study)
    viewer(key="page_viewer", data=drawn)


def downloads(report: session.Report, study: Study) -> None:
    """Offer the files. They are made when asked for, and named by the hash."""
    name = exports.name_of(report.sha256)
    files = [
        ("CSV", f"{name}.csv", "text/csv", lambda: exports.as_csv(study.traces, report.sha256)),
        ("WFDB", f"{name}.zip", "application/zip",
         lambda: wfdb_record.zipped(wfdb_record.record(study.traces, report.sha256))),
        ("JSON", f"{name}.json", "application/json", lambda: exports.as_json(study)),
    ]  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        for kind, file, mime, content in files:
            st.download_button(kind, content, file, mime, on_click="ignore", icon=":material/download:")
