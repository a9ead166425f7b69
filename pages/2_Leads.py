"""Leads: all leads laid out as on the page, and each of them enlarged."""

import streamlit as st

from ecgviz.app import entrance, report_view, ui
from ecgviz.sections import leads

ui.frame("Leads", "Every lead in its place on the page: how it was read, and what each network predicts from it alone.")

opened = entrance.open_report()

ui.heading(opened)
study = report_view.study_or_refusal(opened)
if study is None:
    report_view.instead(opened)
    st.stop()

report_view.notices(study)
report_view.what_was_done(study, "The cards show that page.")
leads.wall(opened, study)
