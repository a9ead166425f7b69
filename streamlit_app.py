"""Home: open a report, and see how it was read and what is predicted from it."""

import streamlit as st

from ecgviz.app import entrance, session, ui
from ecgviz.sections import preload

ui.frame("12-lead ECG report", "Open an exported, scanned or photographed report to read, measure and classify it.")

report = session.current()
result, upload = st.empty(), st.container(key="ways_in")
with upload:
    # First, and always here: the next file can be dropped while this one is still being read.
    entrance.ways_in()
if report is None:
    entrance.samples()
    preload.start()
    st.stop()

# Everything that reads a report; the first page does not wait for it.
from ecgviz.app import opening  # noqa: E402
from ecgviz.sections import home  # noqa: E402
from ecgviz.worklist import store_place  # noqa: E402

study = opening.read(report, result)
if study is None:
    entrance.samples()
    st.stop()
with result.container(key="result"):
    home.show(report, study)
    if store_place.is_on():
        from ecgviz.worklist import recording

        recording.of_report(report)
    with st.container(key="open_another"):
        st.subheader("Open another report", anchor=False)
with st.expander("Simulated samples", key="samples_fold"):
    entrance.samples_grid()
