"""Batch: many reports at once, as one table with filters and downloads."""

import streamlit as st

from ecgviz.app import ui
from ecgviz.sections import batch, warming

ui.frame("Batch", "Many reports at once: each is read as on the page Home, and becomes one row of a table.")

batch.way_in()
job = batch.current()
if job is None:
    warming.warm_up()
    st.stop()

st.subheader("What the files came to", anchor=False)
bar = batch.progress(job)
every = batch.came_to(job)
if every:
    chosen = batch.table(every)
    if chosen is None:
        st.caption("Choose a row to see what was found, and to open its report.")
    else:
        batch.details(job, chosen)
    st.subheader("Take the results away", anchor=False)
    batch.downloads(every)
if job.running:
    batch.go_on(job, bar)
