"""The beat lab, One beat: what every network predicts for the beat, and where one of them is sensitive."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from ecgviz.app import chart_downloads, of_report
from ecgviz.beat_lab import charts, explanations
from ecgviz.beat_lab.beat import FIVE_TASK, SIX_TASK, SPECTRUM_TASKS, Beat
from ecgviz.beat_lab.controls import BeatControls
from ecgviz.beat_lab.section_beat import as_seen
from ecgviz.beat_lab.tables import NAMES, short_names
from ecgviz.drawing import pictures
from ecgviz.predictions import percent
from models.beats import AAMI, CONTEXT_NET, MAX_TRAIN_PER_CLASS, SIX_CLASSES, live

CLASSES = {SIX_TASK: SIX_CLASSES} | dict.fromkeys((FIVE_TASK, *SPECTRUM_TASKS), AAMI)
MAP_RGB = np.array([224, 138, 60])
MAX_OPACITY = 0.75
TRAINED_ON = {SIX_TASK: "Trained on the 15,341 published training pictures of six classes, all beats of MIT-BIH."} | {
    name: f"Trained on beats of the 22 DS1 records of MIT-BIH, at most {MAX_TRAIN_PER_CLASS:,} of a class, drawn here "
    f"as {kind}s."
    for name, kind in {FIVE_TASK: "trace", **SPECTRUM_TASKS}.items()
}


@st.fragment
def show(beat: Beat) -> None:
    """Show a beat as the networks of the chosen classes take it, and what they predict.

    A fragment: the classes change nothing of the spectra, whose charts of thousands of cells stand on the same page.
    """
    task, picture = as_seen(beat)
    st.subheader("Predictions", anchor=False)
    _predictions(beat, task, picture)


def _predictions(beat: Beat, task: str, picture: np.ndarray) -> None:
    """Show the predictions for a beat's picture of a task, shape (128, 192), uint8, and one network's saliency map."""
    with st.spinner("Running the networks"):
        table = prediction_table(predictions(beat.key, task, picture, beat.rhythm, beat.context), CLASSES[task])
    if table.empty:
        st.warning("This version ships no trained network for these classes.", icon=":material/info:")
        return
    st.markdown(agreement(table))
    chart_downloads.draw(
        charts.prediction_chart(table),
        "Each network's probability of each class of beat",
        table,
        f"beat_{beat.key[:8]}_{task}",
        # The source of a picture is its file name, which may be a patient's.
        [beat.source if beat.mv is not None else "A picture of a beat", TRAINED_ON[task]],
        place="beat_predictions",
    )
    abbreviations = f" {explanations.ABBREVIATIONS}" if task == SIX_TASK else ""
    st.caption(TRAINED_ON[task] + _rhythm_words(beat) + abbreviations)
    if task == FIVE_TASK:
        st.caption(_context_words(beat))
    _saliency(beat, task, picture, table)


def prediction_table(predicted: dict[str, np.ndarray], classes: tuple[str, ...]) -> pd.DataFrame:
    """Return ``network, class, probability``, networks and classes in their order."""
    rows = [
        {"network": NAMES[name], "class": label, "probability": float(probability)}
        for name, probabilities in predicted.items()
        for label, probability in zip(short_names(classes), probabilities, strict=True)
    ]
    return pd.DataFrame(rows, columns=["network", "class", "probability"])


def agreement(table: pd.DataFrame) -> str:
    """Return which class most networks predict, and how many agree.

    Examples
    --------
    >>> agreement(pd.DataFrame({"network": ["A", "A", "B", "B"], "class": ["N", "V"] * 2,
    ...                         "probability": [0.9, 0.1, 0.2, 0.8]}))
    'The networks disagree: 1 of 2 predicts N (A 90%), 1 V (B 80%).'
    """
    predicted = table.loc[table.groupby("network", sort=False)["probability"].idxmax()]
    groups = sorted(predicted.groupby("class", sort=False), key=lambda group: -len(group[1]))
    by_class = [
        (
            len(rows),
            label,
            ", ".join(
                f"{name} {percent(share)}" for name, share in zip(rows["network"], rows["probability"], strict=True)
            ),
        )
        for label, rows in groups
    ]
    n = len(predicted)
    if len(by_class) == 1:
        return f"All {n} networks predict {by_class[0][1]}: {by_class[0][2]}."
    (count, label, networks), *others = by_class
    rest = ", ".join(f"{number} {name} ({those})" for number, name, those in others)
    return f"The networks disagree: {count} of {n} predict{'s' * (count == 1)} {label} ({networks}), {rest}."


def overlay(picture: np.ndarray, saliency: np.ndarray) -> np.ndarray:
    """Lay a saliency map over a picture, both shape (128, 192); return shape (128, 192, 3), uint8.

    Examples
    --------
    >>> overlay(np.full((1, 2), 255, np.uint8), np.array([[0.0, 1.0]])).tolist()
    [[[255, 255, 255], [232, 167, 109]]]
    """
    opacity = MAX_OPACITY * saliency[..., None]
    return np.asarray(np.rint(picture[..., None] * (1 - opacity) + MAP_RGB * opacity).astype(np.uint8))


@st.fragment
def _saliency(beat: Beat, task: str, picture: np.ndarray, table: pd.DataFrame) -> None:
    opened = st.expander("Saliency", key=BeatControls.beat_map.key, on_change="rerun")
    if opened.open:
        with opened, st.spinner("Computing the map"):
            _map(beat, task, picture, table)


def _map(beat: Beat, task: str, picture: np.ndarray, table: pd.DataFrame) -> None:
    by_name = {shown: name for name, shown in NAMES.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        # BeatContext takes no picture, so it has no map on one; our own network over pictures is then the last.
        networks = [name for name in dict.fromkeys(table["network"]) if name != NAMES[CONTEXT_NET]]
        shown = st.selectbox(
            "Network",
            networks,
            len(networks) - 1,
            key=BeatControls.beat_map_network.numbered(task).key,
            width=240,
            persist_state="session",
        )
        own = table[table["network"] == shown]
        classes = list(own["class"])
        label = st.selectbox(
            "Class",
            classes,
            int(own["probability"].to_numpy().argmax()),
            key=BeatControls.beat_map_class.numbered(task, shown, beat.key[:8]).key,
            width=240,
        )
    saliency = saliency_map(beat.key, task, by_name[shown], classes.index(label), picture, beat.rhythm)
    mapped, words = st.columns([1, 1], gap="medium")
    with mapped:
        st.image(
            pictures.png(overlay(picture, saliency)),
            width="stretch",
            alt=f"Grad-CAM of {shown} for {label} over the beat",
        )
    with words:
        if not saliency.any():
            st.markdown(f"Nothing in this picture raises the probability of {label} in the last convolutions.")
        st.markdown(
            "Orange marks what raises the probability of the class in the network's last convolutions (Grad-CAM). "
            "It shows where the prediction is sensitive, not what causes the beat."
        )
        st.markdown(explanations.CLASSES[label])


def _rhythm_words(beat: Beat) -> str:
    if beat.rhythm is None:
        return " BeatNet can also take the rhythm around the beat, which is unknown here."
    return " Only BeatNet also takes the rhythm around the beat."


def _context_words(beat: Beat) -> str:
    if beat.context is None:
        return explanations.NO_CONTEXT
    strips = live.context_card().figures["strips_ds2"]
    return explanations.CONTEXT_LIVE.format(n=strips["n"], **strips["macro_f1"])


@of_report(st.cache_data, max_entries=64)
def predictions(
    key: str, task: str, _picture: np.ndarray, _rhythm: np.ndarray | None, _context: np.ndarray | None
) -> dict[str, np.ndarray]:
    """Return the probabilities of each network of a task for a beat, by name; cached by `Beat.key`."""
    return live.predicted_by_each(task, _picture, _rhythm, _context)


@of_report(st.cache_data, max_entries=64)
def saliency_map(
    key: str, task: str, name: str, label: int, _picture: np.ndarray, _rhythm: np.ndarray | None
) -> np.ndarray:
    """Return the Grad-CAM map of a beat network for a class, shape (128, 192), 0 to 1; cached by `Beat.key`."""
    return live.networks_for(task)[name].grad_cam(_picture, label, _rhythm)
