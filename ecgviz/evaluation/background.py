"""Parts of the page Evaluation on the background: training history, data, pages out of distribution."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import chart_downloads, unchecked_charts
from ecgviz.charts import evaluation_charts
from ecgviz.evaluation import background_tables as tables
from ecgviz.evaluation import cached
from ecgviz.evaluation.controls import EvaluationControls
from ecgviz.predictions import EVERY_NAME
from models.classes import CLASSES
from models.networks import FALSE_ALARMS


def training_history() -> None:
    """Show training and validation loss by epoch and fold."""
    histories = cached.evaluation().histories
    loss = st.segmented_control(
        "Loss",
        list(tables.LOSSES),
        default="report_loss",
        required=True,
        key=EvaluationControls.evaluation_loss.key,
        format_func=tables.LOSSES.__getitem__,
        persist_state="session",
    )
    table = tables.history_table(histories, loss)
    kinds = (tables.TRAINING, tables.VALIDATION)
    # Two abreast, the networks over pictures below those over traces.
    columns = [column for _ in range(0, len(histories), 2) for column in st.columns(2, gap="medium")]
    for name, column in zip(histories, columns, strict=False):
        with column:
            st.markdown(f"**{EVERY_NAME[name]}**")
            unchecked_charts.show(
                evaluation_charts.history_chart(table, kinds, EVERY_NAME[name]),
                f"Loss ({tables.LOSSES[loss].lower()}) by epoch of the {EVERY_NAME[name]}, one line per fold",
            )
    chart_downloads.under(table, "training_history", ["cross-entropy by epoch, one network per fold"])
    st.caption(
        "One line per fold; the point marks the kept epoch, with the lowest validation loss. Training loss can be "
        "higher: training reports are augmented and mixed."
    )


def data() -> None:
    """Show the reports, their faults, and the contents of the public dataset."""
    files = cached.evaluation()
    quality = files.quality
    first, second = st.columns([2, 3], gap="large")
    with first:
        st.markdown("**Counts**")
        st.dataframe(tables.quality_table(quality), hide_index=True, alt="Counts of files, groups and faults")
    with second:
        st.markdown("**Classes by layout**")
        by_layout = tables.classes_by_layout(quality)
        chart_downloads.draw(
            evaluation_charts.stacked_chart(by_layout, "layout", "class", "reports", "share of reports", CLASSES),
            "Reports of each layout by class",
            by_layout,
            "classes_by_layout",
        )
    st.caption(
        "Distinct images from version 1 of the dataset. A group is the report number, not a patient; no split divides "
        "one. Classes and layouts are correlated, but the networks see only whether a strip is short or missing."
    )
    st.dataframe(tables.class_facts(quality), hide_index=True, alt="Facts about each class")
    st.caption(
        "The printed heart rate alone predicts much of the class ('Heart rate alone' in the headline). The networks "
        "see only the rate of the beats."
    )
    st.markdown("**Version 2 of the public dataset**")
    copies = tables.copies_table(files.public)
    chart_downloads.draw(
        evaluation_charts.paired_chart(copies, "class", "kind", "n", "count"),
        "Files and distinct images of each class in the public dataset",
        copies,
        "public_dataset",
        [files.public["source"], f"counted: {files.public['counted']}"],
    )
    st.caption(f"{files.public['name']}, {files.public['source']}. Counted: {files.public['counted']}.")


def out_of_distribution() -> None:
    """Show the outcomes for pages on which the networks should abstain, and how many reports exceed the limit."""
    figures = cached.evaluation().figures
    st.markdown("**Outcomes for unusual pages**")
    pages = figures["out_of_distribution"]
    chart_downloads.draw(
        evaluation_charts.stacked_chart(
            tables.outcome_table(pages),
            "pages",
            "outcome",
            "n",
            "share of the pages",
            list(tables.OUTCOMES.values()),
        ),
        "Outcomes for unusual pages, CNN and CNN-LSTM combined",
        tables.wide_outcome_table(pages),
        "out_of_distribution",
        ["CNN and CNN-LSTM combined; counted by python tests/benchmarks/out_of_distribution.py"],
    )
    st.caption(
        "Models abstain at low confidence and out of distribution. They may predict samples and pages of other "
        "recorders, with unknown accuracy; every other prediction here is an error."
    )
    st.markdown("**Reports out of distribution**")
    distances = tables.distance_table(figures["distance"])
    st.dataframe(distances, hide_index=True, alt="Share of reports beyond the distance limit of each network")
    st.caption(f"The limits were set so that about {FALSE_ALARMS:.0%} of the headline's reports exceed them.")
