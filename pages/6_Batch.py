"""Batch: many reports at once, as one table with filters and downloads."""

import streamlit as st

from ecgviz.app import ui
from ecgviz.sections import batch, preload

ui.frame("Batch", "Read many reports at once, each as on Home, into one table.")

batch.upload_form()
job = batch.JOB.value
if job is None:
    preload.start()
    st.stop()

st.subheader("Results", anchor=False)
bar = batch.progress(job.batch)
every = batch.results(job.batch)
if every:
    chosen = batch.table(every)
    if chosen is None:
        st.caption("Select a row to see its details and open the report.")
    else:
        batch.details(job.batch, chosen)
    st.subheader("Download results", anchor=False)
    batch.downloads(every, job)
if job.batch.running:
    batch.read_files(job.batch, bar)
