"""The beat lab, Reported and measured: the figures reported for each network, and those measured here."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ecgviz.app import chart_downloads
from ecgviz.beat_lab import charts, explanations, tables
from ecgviz.beat_lab.controls import BeatControls
from ecgviz.beat_lab.tables import FIGURES, NAMES, PROTOCOL_NAMES, ROW_NAMES
from ecgviz.charts import interval_chart
from ecgviz.words import glossary
from models.beats import (
    BEAT_NET,
    MAX_TRAIN_PER_CLASS,
    PROTOCOLS,
    difference_results,
    live,
    published_results,
    search_results,
)

SIX_PROTOCOLS = [name for name, task in PROTOCOLS.items() if task.startswith("six")]
FIVE_PROTOCOLS = [name for name, task in PROTOCOLS.items() if task.startswith("five")]
# The figure is named in each heading instead: a chart whose title stays is not rebuilt in the browser.
AXIS = "figure with its 95% interval"
COLUMNS = (
    "Reported: the figure that a network's project gives, usually for a split of its own; a percentage alone where no "
    "metric is named. All other figures were measured here, with one training recipe and no augmentation, but for "
    "VGG16 and BeatContext, as described below; BeatNet also has augmentation, the rhythm and, for six classes, more "
    "records. In brackets: the 95% interval, over records "
    "where patients are split, else over pictures. Parameters are for the reported number of classes, MB at four bytes "
    "each, milliseconds in batches of 64 on two cores."
)
METRICS = (
    f"Accuracy: {glossary.meaning('Accuracy')} Macro-F1: {glossary.meaning('Macro-F1')} "
    "The AAMI classes are explained under *One beat*. DS1 and DS2 are the usual training and test "
    "records of MIT-BIH."
)
CAPPED = (
    "At most {:,} training beats of a class; probabilities are corrected to the class frequencies of the training "
    "records."
)
SEARCH = (
    "Within DS1 only, none of which is in the inter-patient test set: four folds that share no record, {:,} test "
    "beats, one change at a time, one training each. Without the rhythm BeatNet is far worse; the other difference is "
    "within the intervals."
)
AUGMENTATION = (
    "Inter-patient test set (DS2). Conventional: shear, zoom, shift, rotation, brightness, and mirroring, which runs a "
    "beat backwards. Label-preserving: small shifts, small changes of height and width, a broader stroke, noise."
)


@st.fragment
def show() -> None:
    """Show the table of all networks, its charts, and one network's confusion matrix."""
    results = published_results()
    figure = st.segmented_control(
        "Figure",
        list(FIGURES),
        default="accuracy",
        key=BeatControls.beat_figure.key,
        required=True,
        format_func=FIGURES.__getitem__,
        persist_state="session",
    )
    table = tables.overview(results, figure)
    st.dataframe(table, hide_index=True, alt="Reported and measured figures of each network")
    st.download_button(
        "CSV",
        lambda: chart_downloads.as_csv(table),
        f"beat_results_{figure}.csv",
        "text/csv",
        key="csv_beat_results",
        on_click="ignore",
        icon=":material/download:",
    )
    st.caption(COLUMNS)
    st.caption(METRICS)
    st.markdown(explanations.WORTH)
    for heading, protocols in (("Six classes, three protocols", SIX_PROTOCOLS), ("Five AAMI classes", FIVE_PROTOCOLS)):
        st.markdown(f"#### {heading}: {FIGURES[figure]}")
        scores = tables.scores(results, figure, protocols)
        place = protocols[0].replace(" ", "_")
        chart_downloads.draw(
            interval_chart(scores, "network", AXIS, [PROTOCOL_NAMES[name] for name in protocols], "protocol"),
            f"The chosen figure of each network: {heading}",
            scores,
            f"beat_{figure}_{place}",
            [f"{FIGURES[figure]} with its 95% interval"],
            place=f"beat_figures_{place}",
        )
        if figure == "macro_f1":
            st.caption(f"The mean over {tables.averaged_classes(protocols[0])}.")
        if protocols is SIX_PROTOCOLS:
            st.caption(f"{explanations.FLUTTER} {explanations.EXTRA_DATA} {explanations.RHYTHM}")
        else:
            capped = CAPPED.format(MAX_TRAIN_PER_CLASS)
            st.caption(f"{capped} {explanations.HEAD} {explanations.WHY_LOWER}")
            st.caption(explanations.VGG)
            held_out = tables.held_out_records(results)
            if held_out is not None:
                st.caption(explanations.CONTEXT.format(n=held_out["n"], **held_out["macro_f1"]))
                st.caption(_strip_words())
                st.caption(_difference_words())
    _one_network(results)
    _comparisons(results, figure)
    _search()


def _strip_words() -> str:
    figures = live.context_card().figures
    strips, whole = figures["strips_ds2"], figures["whole_records_ds2"]
    return explanations.CONTEXT_STRIPS.format(strips=strips["macro_f1"], strips_n=strips["n"], whole=whole["macro_f1"])


def _difference_words() -> str:
    others = (
        f"{NAMES[name]} {own['value']:.3f} ({own['low']:.3f} to {own['high']:.3f})"
        for name, own in difference_results().items()
    )
    return explanations.DIFFERENCES.format("; ".join(others))


@st.fragment
def _search() -> None:
    opened = st.expander("Hyperparameter search for BeatNet", key=BeatControls.beat_search.key, on_change="rerun")
    if opened.open:
        with opened:
            found = search_results()
            st.dataframe(tables.trials(found), hide_index=True, alt="Figures of each trial of the search")
            st.caption(SEARCH.format(next(iter(found.values()))["n"]))


@st.fragment
def _one_network(results: dict[str, Any]) -> None:
    st.markdown("#### One network by class")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        protocol = st.selectbox(
            "Protocol",
            list(PROTOCOL_NAMES),
            key=BeatControls.beat_protocol.key,
            width=220,
            format_func=PROTOCOL_NAMES.__getitem__,
            persist_state="session",
        )
        there = [name for name in ROW_NAMES if tables.metrics_of(results, name, protocol) is not None]
        first = there.index(BEAT_NET) if BEAT_NET in there else 0
        network = st.selectbox(
            "Network",
            there,
            first,
            key=BeatControls.beat_network.numbered(protocol).key,
            width=240,
            format_func=ROW_NAMES.__getitem__,
        )
    metrics = tables.metrics_of(results, network, protocol)
    if metrics is None:
        return
    cells, classes = tables.confusion(metrics), tables.by_class(metrics)
    chart_downloads.draw(
        charts.confusion_chart(cells, tables.short_names(metrics["classes"])),
        f"Confusion matrix of {ROW_NAMES[network]}: shares of each class's beats",
        cells,
        "beat_confusion",
        [f"{ROW_NAMES[network]}, {PROTOCOL_NAMES[protocol].lower()}"],
    )
    if protocol in SIX_PROTOCOLS:
        st.caption(explanations.ABBREVIATIONS)
    st.dataframe(classes.round(3), hide_index=True, alt="Figures of each class")
    st.caption(tables.training_words(results, network, protocol))


def _comparisons(results: dict[str, Any], figure: str) -> None:
    _comparison(
        tables.kinds(results, figure),
        "kind",
        figure,
        "Traces, spectrograms and scalograms",
        "Figures of networks trained on three kinds of pictures, inter-patient",
        "The same beats of the inter-patient test set (DS2), drawn as a trace, a spectrogram and a scalogram.",
    )
    _comparison(
        tables.augmentations(results, figure),
        "augmentation",
        figure,
        "Augmentation",
        "Figures of networks trained without augmentation, with conventional and with label-preserving augmentation",
        AUGMENTATION,
    )


def _comparison(table: pd.DataFrame, field: str, figure: str, heading: str, words: str, caption: str) -> None:
    """Show networks trained in several ways side by side; nothing where there is nothing to compare."""
    if table.empty:
        return
    st.markdown(f"#### {heading}: {FIGURES[figure]}")
    order = list(dict.fromkeys(table[field]))
    chart = interval_chart(table, "network", AXIS, order, field)
    notes = [f"{FIGURES[figure]} with its 95% interval, inter-patient test set (DS2)"]
    chart_downloads.draw(chart, words, table, f"beat_{figure}_{field}s", notes, place=f"beat_{field}s")
    st.caption(caption)
