"""The beat lab, fourth part: what is claimed, and what the same networks give on the same pictures."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ecgviz.app import chart_downloads
from ecgviz.beat_lab import about, charts, tables
from ecgviz.beat_lab.tables import FIGURES, LINES, SCORED
from ecgviz.charts import interval_chart
from models.beats import MOST_TAUGHT, OURS, SCORINGS, searched, told

SIX_SCORINGS = [name for name, task in SCORINGS.items() if task.startswith("six")]
FIVE_SCORINGS = [name for name, task in SCORINGS.items() if task.startswith("five")]
TRIED = (
    "Within DS1 alone, of which nothing is tested in *Other patients*: four parts that share no record, {:,} beats "
    "tested, one thing changed at a time, one teaching each. Without the rhythm ours does worst by far; what else is "
    "tried here differs by less than the intervals. The six classes' pictures and the random split do show records "
    "of DS1."
)
# What the values are stands in each heading: a chart whose words stay is not built anew in the browser.
AXIS = "figure with its 95% interval"
CLAIMED = (
    "What is claimed is what each network's project gives, most for a split of its own of these pictures; where it "
    "names no figure, the percentage stands alone. Everything else was computed here. All are taught by the same "
    "recipe, as pictures come; ours on varied pictures, with the beats' timing, and for the six classes on more "
    "records' beats. In brackets the 95% interval: over pictures, and where patients are kept apart over records. "
    "Parameters are those for the claim's classes, MB is at four bytes each, and milliseconds are in batches of 64 on "
    "two cores."
)
MEANT = (
    "Accuracy is the share of beats that were told right. Macro-F1 is the mean over classes of F1, which is high only "
    "where few of a class are missed and few of others are taken for it; it counts a rare class as much as a common "
    "one. The AAMI's five classes are explained beside the map of *One beat*; DS1 and DS2 are the field's usual "
    "halves of MIT-BIH's records, one to teach on and one to test on."
)


@st.fragment
def show() -> None:
    """Show the table, its charts, and one network's confusions."""
    results = told()
    figure = st.segmented_control("Figure", list(FIGURES), default="accuracy", key="beat_figure", required=True,
                                  format_func=FIGURES.__getitem__, persist_state="session")  # fmt: skip
    table = tables.claims(results, figure)
    st.dataframe(table, hide_index=True, alt="What is claimed for each network and what it gives here")
    st.download_button("CSV", lambda: chart_downloads.as_csv(table), f"beat_results_{figure}.csv", "text/csv",
                       key="csv_beat_results", on_click="ignore", icon=":material/download:")  # fmt: skip
    st.caption(CLAIMED)
    st.caption(MEANT)
    st.markdown(about.WORTH)
    for heading, scorings in (("Six classes, three ways to score", SIX_SCORINGS), ("Five AAMI classes", FIVE_SCORINGS)):
        st.markdown(f"#### {heading}: {FIGURES[figure]}")
        scores = tables.scores(results, figure, scorings)
        chart_downloads.draw(
            interval_chart(scores, "network", AXIS, [SCORED[name] for name in scorings], "scoring"),
            f"The chosen figure of each network: {heading}",
            scores,
            f"beat_{figure}_{scorings[0].replace(' ', '_')}",
            [f"{FIGURES[figure]} with its 95% interval"],
            place=f"beat_figures_{scorings[0].replace(' ', '_')}",
        )
        if figure == "macro_f1":
            st.caption(f"The mean over {tables.counted_words(scorings[0])}.")
        if scorings is SIX_SCORINGS:
            st.caption(f"{about.FLUTTER} {about.MORE} {about.RHYTHM}")
        else:
            st.caption(
                f"No class was taught on more than {MOST_TAUGHT:,} beats; probabilities are weighed back to how common "
                f"classes are among the records taught on. {about.RHYTHM} {about.HEAD} {about.WHY_LOWER}"
            )
    _one(results)
    _compared(results, figure)
    _tried()


@st.fragment
def _tried() -> None:
    opened = st.expander("What was tried for ours", key="beat_tried", on_change="rerun")
    if opened.open:
        with opened:
            tried = searched()
            st.dataframe(tables.trials(tried), hide_index=True, alt="What each trial of the search gave")
            n = next(iter(tried.values()))["n"]
            st.caption(TRIED.format(n))


@st.fragment
def _one(results: dict[str, Any]) -> None:
    st.markdown("#### One network, class by class")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        scoring = st.selectbox("Scored", list(SCORED), key="beat_scoring", format_func=SCORED.__getitem__, width=220,
                               persist_state="session")  # fmt: skip
        there = [name for name in LINES if tables.run_of(results, name, scoring) is not None]
        first = there.index(OURS) if OURS in there else 0
        network = st.selectbox("Network", there, first, key=f"beat_network_{scoring}", width=220,
                               format_func=LINES.__getitem__)  # fmt: skip
    run = tables.run_of(results, network, scoring)
    if run is None:
        return
    cells, classes = tables.confusion(run), tables.by_class(run)
    chart_downloads.draw(
        charts.confusion_chart(cells, tables.short(run["classes"])),
        f"Confusion of {LINES[network]}: shares of each class's beats",
        cells,
        "beat_confusion",
        [f"{LINES[network]}, {SCORED[scoring].lower()}"],
    )
    if SCORINGS[scoring].startswith("six"):
        st.caption(about.SHORT_MEANS)
    st.dataframe(classes.round(3), hide_index=True, alt="Figures of each class")
    st.caption(tables.taught(results, network, scoring))


def _compared(results: dict[str, Any], figure: str) -> None:
    _beside(
        tables.kinds(results, figure),
        "kind",
        figure,
        "Pictures, spectrograms and scalograms",
        "Figures of networks taught on three kinds of pictures, on other patients",
        "The same beats of other patients (DS2), drawn as a trace, as a spectrogram and as a scalogram.",
    )
    _beside(
        tables.augmentations(results, figure),
        "augmentation",
        figure,
        "Ways to vary the training pictures",
        "Figures of networks taught with pictures as they are, varied as claimed, and varied so that meaning stays",
        "On the beats of other patients (DS2). As claimed: shear, zoom, shift, rotation, brightness, and mirrored from "
        "left to right, so that a beat runs backwards. Keeping meaning: small shifts, small changes of height and "
        "width, a broader stroke, noise.",
    )


def _beside(table: pd.DataFrame, field: str, figure: str, heading: str, words: str, caption: str) -> None:
    """Show the same networks taught in several ways, side by side; nothing where there is no comparison."""
    if table.empty:
        return
    st.markdown(f"#### {heading}: {FIGURES[figure]}")
    order = list(dict.fromkeys(table[field]))
    chart = interval_chart(table, "network", AXIS, order, field)
    notes = [f"{FIGURES[figure]} with its 95% interval, other patients (DS2)"]
    chart_downloads.draw(chart, words, table, f"beat_{figure}_{field}s", notes, place=f"beat_{field}s")
    st.caption(caption)
