"""Models: what each network predicts from the open report, where they differ, and what they depend on."""

import streamlit as st

from ecgviz.app import report_view, ui
from ecgviz.sections import findings, models, sensitivity

ui.frame("Models", "CNN and CNN-LSTM over pictures and over traces, beside the article's, and what they depend on.")

opened, study = report_view.opened()

report_view.notices(study)
models.summary(opened, study)
st.subheader("Findings", anchor=False)
findings.show(study)
st.subheader("Networks side by side", anchor=False)
models.raw_note(study)
models.side_by_side(opened, study)
st.subheader("Each lead alone", anchor=False)
models.per_lead(opened, study)
st.subheader("Where the networks differ", anchor=False)
models.differences(opened, study)
st.subheader("Other combinations of leads", anchor=False)
models.other_combinations(opened, study)
st.subheader("Sensitivity", anchor=False)
sensitivity.show(opened, study)
