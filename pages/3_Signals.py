"""Signals: the traces in millivolts over seconds, over the page that they were read from."""

import streamlit as st

from ecgviz.app import controls, entrance, layout_editor, report_view, session, ui
from ecgviz.sections import hand_measurements, signals

ui.frame("Signals", "The printed leads as signals at true scale: inspect, measure and download them.")

opened = entrance.open_report()

layout_editor.corrections_badge()
study = report_view.study_or_refusal(opened)
if study is None:
    if layout_editor.may_help(opened):
        st.subheader("Set the layout by hand", anchor=False)
        layout_editor.edit(opened)
    else:
        report_view.instead(opened)
    st.stop()

warnings = st.container()
report_view.what_was_done(study, "The signals lie over that page, not over the original.")
signals.page_viewer(opened, study)

st.subheader("Your measurements", anchor=False)
hand_measurements.show()

st.subheader("Measurements", anchor=False)
signals.measurements(study)

st.subheader("Median beat", anchor=False)
signals.median_beat(study)

st.subheader("Consistency of the leads", anchor=False)
signals.lead_checks(study)

if study.record is not None:
    st.subheader("Loss against the file's own signals", anchor=False)
    signals.losses(study)

st.subheader("Download signals", anchor=False)
signals.downloads(opened, study)

with st.expander("Correct the layout by hand", expanded=controls.editor_open or session.corrections() is not None):
    layout_editor.edit(opened)

# Last, because the networks may have to be loaded for it.
with warnings:
    report_view.notices(study)
