"""Signals: the traces in millivolts over seconds, beside the page that they were read from."""

import streamlit as st

from ecgviz.app import editor, entrance, report_view, session, ui
from ecgviz.sections import signals

ui.frame("Signals", "The printed leads as signals: drawn anew at true scale, measured, and yours to take away.")

opened = entrance.open_report()

ui.heading(opened)
editor.corrections_badge()
study = report_view.study_or_refusal(opened)
if study is None:
    if editor.may_help(opened):
        st.subheader("Set the layout by hand", anchor=False)
        editor.edit(opened)
    else:
        report_view.instead(opened)
    st.stop()

report_view.notices(study)
report_view.what_was_done(study, "The signals lie over that page, not over the picture as it came.")
signals.page_viewer(opened, study)

st.subheader("Measurements", anchor=False)
signals.measurements(study)

st.subheader("The median beat", anchor=False)
signals.typical_beat(study)

st.subheader("Do the leads agree?", anchor=False)
signals.lead_checks(study)

st.subheader("Take the signals away", anchor=False)
signals.downloads(opened, study)

with st.expander("Correct the layout by hand", expanded=session.corrections() is not None):
    editor.edit(opened)
