"""Batch: many reports at once, as one table with filters and downloads."""

import streamlit as st

from ecgviz import batch_view, lasting, ui

ui.frame("Batch", "Many reports at once: each is read as on the page Home, and becomes one row of a table.")

batch_view.way_in()
batch = batch_view.current()
if batch is None:
    lasting.warm_up()
    st.stop()

st.subheader("What the files came to", anchor=False)
bar = batch_view.progress(batch)
every = batch_view.came_to(batch)
if every:
    chosen = batch_view.table(every)
    if chosen is None:
        st.caption("Choose a row to see what was found, and to open its report.")
    else:
        batch_view.details(batch, chosen)
    st.subheader("Take the results away", anchor=False)
    batch_view.downloads(every)
if batch.running:
    batch_view.go_on(batch, bar)
