"""The beat lab, Reported and measured: two articles on the six classes in the form that each gives its results in."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ecgviz.app import chart_downloads
from ecgviz.beat_lab import article_tables, charts, explanations, tables
from ecgviz.beat_lab.controls import BeatControls
from ecgviz.beat_lab.tables import PROTOCOL_NAMES
from models.beats import baseline_results, ensemble_results, grid_results, published_results

SPECTRAL = (
    "The article trains the wide beat CNN on spectra of beats and reports 99.2%. Here it has them drawn as traces, "
    "spectrograms and scalograms, three to four epochs on spectra; beside it simple baselines on the same pictures. "
    "*Patient halves* is cross-validation by record: two halves that share no record, each the test set of the other. "
    "Precision to AUROC are means over the classes; a class that is never predicted counts as 0."
)
FROM_PICTURES = (
    "The pictures give no signal, so it is read back from their ink (267 ms either side of the R wave, correlation "
    "with the matched beat 0.99); cut-off peaks stay cut off, and the transforms mirror the signal at its ends."
)
LESSON = (
    "**What the article shows against what it claims.** Beside 99.2% it prints a confusion matrix in which every test "
    "picture is predicted as one class. Such a matrix can be checked without any network: on the published test "
    "folder, predicting the largest class for every picture has accuracy {accuracy:.3f} and macro-F1 {macro_f1:.3f}, "
    "about the 0.09 of the article. No class is 99.2% of the pictures, so figure and matrix cannot be of one run. "
    "Read the matrix first."
)
FOUR = (
    "The article's comparison, in its order. It names macro-F1 for the first figure only. On the published split most "
    "networks reach their claims; without patients in common none does."
)
GRID = (
    "The article's grid, one factor changed at a time: {train:,} training pictures of 40 by 40 pixels, "
    "{n:,} validation pictures, both of the published training folder, eight epochs, one run each. The second row is "
    "chance: the same network from another random seed. Differences within the intervals decide nothing."
)
ENSEMBLE = (
    "BeatNet and the trees also trained on the eighteen records that the pictures do not show; BeatNet and the boosted "
    "trees take the rhythm where it is known. The weights are equal. The test folder was read for three combinations "
    "before this one was kept, so its figure is slightly optimistic. It is not shipped and does not predict here: "
    "beside 12 MB of networks it needs sixty large trees, which scikit-learn stores in files that hold code."
)
QUALITY = "Our report on the data of both articles follows below: copies, annotations, records."


def show() -> None:
    """Show the spectral article's metrics with its lesson, and the comparison and grid of the four networks."""
    results, baselines = published_results(), baseline_results()
    st.markdown("#### Spectrograms and wavelets")
    st.caption(SPECTRAL)
    _spectral(results, baselines)
    st.caption(FROM_PICTURES)
    constant = article_tables.largest_class(baselines)
    st.markdown(
        LESSON.format(accuracy=constant["accuracy"]["value"], macro_f1=article_tables.class_mean(constant, "f1"))
    )
    st.markdown("#### Four networks compared")
    st.dataframe(
        article_tables.four_networks(results), hide_index=True, alt="Claims and our figures of the four networks"
    )
    st.caption(FOUR)
    _grid()
    st.markdown("#### Ours on the six classes: five members averaged")
    st.dataframe(
        article_tables.ensemble(ensemble_results()), hide_index=True, alt="Figures of the members and of their mean"
    )
    st.caption(ENSEMBLE)
    st.caption(QUALITY)


@st.fragment
def _spectral(results: dict[str, Any], baselines: list[dict[str, Any]]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        protocol = st.selectbox(
            "Test set",
            list(article_tables.SIX_PROTOCOLS),
            key=BeatControls.beat_spectral_protocol.key,
            width=220,
            format_func=PROTOCOL_NAMES.__getitem__,
            persist_state="session",
        )
        rows = article_tables.spectral_rows(results, baselines, protocol)
        shown = st.selectbox(
            "Confusion matrix of",
            range(len(rows)),
            key=BeatControls.beat_spectral_row.numbered(protocol).key,
            width=320,
            format_func=lambda number: rows[number].title,
        )
    table = article_tables.spectral_table(rows)
    st.dataframe(table, hide_index=True, alt="The spectral article's metrics of its network and of the baselines")
    metrics = rows[shown].metrics
    cells = tables.confusion(metrics)
    chart_downloads.draw(
        charts.confusion_chart(cells, tables.short_names(metrics["classes"])),
        f"Confusion matrix of {rows[shown].title}: shares of each class's beats",
        cells,
        "beat_spectral_confusion",
        [f"{rows[shown].title}, {PROTOCOL_NAMES[protocol].lower()}"],
    )
    st.caption(explanations.ABBREVIATIONS)


@st.fragment
def _grid() -> None:
    opened = st.expander("Tuning grid of the deep beat CNN", key=BeatControls.beat_grid.key, on_change="rerun")
    if opened.open:
        with opened:
            found = grid_results()
            st.dataframe(article_tables.grid(found), hide_index=True, alt="Figures of each trial of the tuning grid")
            first = next(iter(found.values()))
            st.caption(GRID.format(train=first["train_n"], n=first["n"]))
