"""Batch: many reports at once, as one table, scores against labels, drift, and downloads."""

import streamlit as st

from ecgviz.app import ui
from ecgviz.batch_results import ResultControls, drift_page, overview, score_page
from ecgviz.sections import batch, batch_table, preload

ui.frame("Batch", "Read many reports at once, each as on Home. Compare the networks with labels and with each other.")

batch.upload_form()
job = batch.JOB.value
batch.guard(job)
if job is None:
    preload.start()
    st.stop()

st.subheader("Results", anchor=False)
bar = batch.progress(job.batch)
every = batch.results(job)
if every:
    batch.compared_with_before(every, job)
    rows = [done.row for done in every]
    names = ["Table", "Overview", "Scores", "Drift"]
    table, first, scores, drift = st.tabs(names, key=ResultControls.batch_part.key, on_change="rerun")
    with table:
        if table.open and (chosen := batch_table.files(every)) is not None:
            batch_table.details(job.batch, chosen)
    with first:
        if first.open:
            overview.show(rows)
    with scores:
        if scores.open:
            score_page.show(rows)
    with drift:
        if drift.open:
            drift_page.show(every)
    st.subheader("Download results", anchor=False)
    batch.downloads(every, job)
if job.batch.running:
    batch.read_files(job.batch, bar)
