"""Leads: all leads as a wall laid out as on paper, and each of them large."""

import streamlit as st

from ecgviz.app import entrance, report_view, ui
from ecgviz.sections import leads

ui.frame("Leads", "Every lead where the page has it: how it was read, and what each network would say by it alone.")

opened = entrance.open_report()

ui.heading(opened)
study = report_view.study_or_refusal(opened)
if study is None:
    report_view.instead(opened)
    st.stop()

report_view.notices(study)
report_view.what_was_done(study, "The cards are cut from that page.")
leads.wall(opened, study)
