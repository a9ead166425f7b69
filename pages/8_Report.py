"""Report: one study as a PDF and as a page of HTML, to print, to keep or to pass on."""

import streamlit as st

from ecgviz.app import entrance, report_view, ui
from ecgviz.sections import report

ui.frame("Report", "What was read and what the networks say, as a PDF or as a page of HTML to take away.")

opened = entrance.open_report()

ui.heading(opened)
study = report_view.study_or_refusal(opened)
if study is None:
    report_view.instead(opened)
    st.stop()

report_view.notices(study)
controls, pages = st.columns([2, 3], gap="medium")
with controls:
    chosen = report.options(opened)
    study = report.asked(opened, study, chosen)
    report.downloads(opened, study, chosen)
with pages:
    report.preview(opened, study, chosen)
