"""Parts of the page Evaluation on what is behind the figures: teaching, the data, and what the gate lets pass."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import chart_downloads, unchecked_charts
from ecgviz.charts import evaluation_charts
from ecgviz.evaluation import background_tables as tables
from ecgviz.evaluation import kept
from ecgviz.predictions import EVERY_NAME
from models.classes import CLASSES
from models.networks import FALSE_ALARMS


def teaching() -> None:
    """Show how the losses fell, fold by fold."""
    histories = kept.evaluation().histories
    loss = st.segmented_control("Loss", list(tables.LOSSES), default="report_loss", required=True,
                                key="evaluation_loss", format_func=tables.LOSSES.__getitem__,
                                persist_state="session")  # fmt: skip
    table = tables.history_table(histories, loss)
    kinds = (tables.TAUGHT, tables.WATCHED)
    for name, column in zip(histories, st.columns(2, gap="medium"), strict=False):
        with column:
            st.markdown(f"**{EVERY_NAME[name]}**")
            unchecked_charts.show(
                evaluation_charts.history_chart(table, kinds, EVERY_NAME[name]),
                f"{tables.LOSSES[loss]} loss by epoch of the {EVERY_NAME[name]}, a line a fold",
            )
    chart_downloads.under(table, "teaching", ["losses by epoch, one network a fold"])
    st.caption(
        "A line is a fold. Points mark the epoch whose weights were kept: where the watched loss of both outputs "
        "together was least. The taught reports are blended with each other and disturbed, so their loss can be the "
        "higher of the two. The watched ones only say when to stop; they are none of the fold that is scored."
    )


def data() -> None:
    """Tell what the reports are and what is wrong with them, and what the public collection holds."""
    files = kept.evaluation()
    quality = files.quality
    first, second = st.columns([2, 3], gap="large")
    with first:
        st.markdown("**What was counted**")
        st.dataframe(tables.quality_table(quality), hide_index=True, alt="Counts of files, groups and faults")
    with second:
        st.markdown("**Layouts are not shared out evenly among classes**")
        by_layout = tables.classes_by_layout(quality)
        chart_downloads.draw(
            evaluation_charts.stacked_chart(by_layout, "layout", "class", "reports", "share of its reports", CLASSES),
            "Reports of each layout by class",
            by_layout,
            "classes_by_layout",
        )
    st.caption(
        "Distinct pictures only, as they came to this project, from version 1 of the collection below. A group is the "
        "number that the collection gives a report, not a patient; a group stays on one side of every split. Where a "
        "layout has no report of a class, a network that saw the layout could tell the class from it. Ours are given "
        "no layout: that a strip is short or missing is all that they can see of it."
    )
    facts = tables.class_facts(quality)
    st.dataframe(facts, hide_index=True, alt="What is known of each class")
    st.caption(
        "The printed rate alone tells much of the class; the model 'Heart rate alone' in the headline says how much. "
        "No rate is given to the networks, but they can count beats."
    )
    st.markdown("**What version 2 of the public collection holds**")
    copies = tables.copies_table(files.public)
    chart_downloads.draw(
        evaluation_charts.paired_chart(copies, "class", "kind", "n", "how many"),
        "Files and distinct pictures of each class in the public collection",
        copies,
        "public_collection",
        [files.public["source"], f"counted: {files.public['counted']}"],
    )
    st.caption(f"{files.public['name']}, {files.public['source']}; counted: {files.public['counted']}.")


def strange_pages() -> None:
    """Show what becomes of pages that the networks should not answer."""
    figures = kept.evaluation().figures
    st.markdown("**What becomes of pages unlike those taught on**")
    strange = figures["strange_pages"]
    chart_downloads.draw(
        evaluation_charts.stacked_chart(
            tables.strange_table(strange), "pages", "outcome", "n", "share of the pages",
            list(tables.OUTCOMES.values()),
        ),
        "What becomes of strange pages, by both networks together",
        tables.wide_strange_table(strange),
        "strange_pages",
        ["by both networks together; counted by python tests/benchmarks/strange_pages.py"],
    )  # fmt: skip
    st.caption(
        "Drawn samples and other machines' pages may rightly be answered, though nobody has measured how well. Leads "
        "replaced by noise or flat lines, or drawn three times or a fifth as high, should not be. Turned over in time "
        "and voltage they should not be either; what is answered there is what the gate misses. Pages of each "
        "kind are few."
    )
    st.markdown("**How many reports are called unlike**")
    gate = tables.gate_table(figures["gate"])
    st.dataframe(gate, hide_index=True, alt="Share of reports beyond each network's limit")
    st.caption(f"The limits were set on the headline's reports, so that about {FALSE_ALARMS:.0%} of them lie beyond.")
