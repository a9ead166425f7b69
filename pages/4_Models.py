"""Models: what the two networks say of the open report, and what their scores depend on."""

import streamlit as st

from ecgviz.app import entrance, report_view, ui
from ecgviz.sections import models

ui.frame("Models", "The CNN beside the CNN-LSTM: each lead alone, and what the report's scores are sensitive to.")

opened = entrance.open_report()

ui.heading(opened)
study = report_view.study_or_refusal(opened)
if study is None:
    report_view.instead(opened)
    st.stop()

report_view.notices(study)
models.summary(opened, study)
st.subheader("Each lead alone", anchor=False)
models.leads(opened, study)
st.subheader("Where the networks differ", anchor=False)
models.differences(opened, study)
st.subheader("Other ways, other leads", anchor=False)
models.other_ways(opened, study)
st.subheader("What a score is sensitive to", anchor=False)
models.sensitive(opened, study)
