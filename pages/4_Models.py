"""Models: what the two networks predict from the open report, and what their predictions depend on."""

import streamlit as st

from ecgviz.app import report_view, ui
from ecgviz.sections import models

ui.frame("Models", "CNN and CNN-LSTM side by side: from all leads, from each lead alone, and what they depend on.")

opened, study = report_view.opened()

report_view.notices(study)
models.summary(opened, study)
st.subheader("Each lead alone", anchor=False)
models.raw_note(study)
models.per_lead(opened, study)
st.subheader("Where the networks differ", anchor=False)
models.differences(opened, study)
st.subheader("Other combinations of leads", anchor=False)
models.other_combinations(opened, study)
st.subheader("Sensitivity", anchor=False)
models.sensitivity(opened, study)
