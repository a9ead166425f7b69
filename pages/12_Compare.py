"""Compare: two open reports of one patient, side by side."""

import streamlit as st

from ecgviz.app import report_view, ui
from ecgviz.sections import comparison

ui.frame("Compare", "Two reports of one patient: sheets in step, median beats over each other, and what changed.")

opened, first = report_view.opened()
other = comparison.chosen(opened)
second = None if other is None else comparison.study_of(other)
if other is None or second is None:
    st.stop()

st.subheader("Sheets", anchor=False)
comparison.sheets((opened, first), (other, second))

st.subheader("Median beats", anchor=False)
comparison.beats(first, second)

st.subheader("Differences", anchor=False)
comparison.differences(first, second)

st.subheader("Download", anchor=False)
comparison.download(first, second)
