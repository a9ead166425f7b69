"""Report: one study as PDF, HTML, DICOM or FHIR, to print, keep or share."""

import streamlit as st

from ecgviz.app import report_view, ui
from ecgviz.sections import report

ui.frame("Report", "Reading, measurements and predictions as PDF, HTML, DICOM or FHIR.")

opened, study = report_view.opened()

report_view.notices(study)
controls, pages = st.columns([2, 3], gap="medium")
with controls:
    chosen = report.options(opened)
    report.downloads(opened, study, chosen)
with pages:
    report.preview(opened, study, chosen)
