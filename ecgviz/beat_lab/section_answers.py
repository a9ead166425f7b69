"""The beat lab, third part: what every network makes of the beat, and where it looks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from ecgviz.app import chart_downloads, of_report
from ecgviz.beat_lab import about, charts
from ecgviz.beat_lab.beat import FIVE, SIX, SPECTRA, Beat
from ecgviz.beat_lab.tables import NAMES, short
from ecgviz.drawing import pictures
from ecgviz.predictions import percent
from models.beats import AAMI, MOST_TAUGHT, live
from models.beats import SIX as SIX_CLASSES

CLASSES = {SIX: SIX_CLASSES} | dict.fromkeys((FIVE, *SPECTRA), AAMI)
SEEN_RGB = np.array([224, 138, 60])
MOST_OPAQUE = 0.75
TAUGHT_ON = {
    SIX: "Taught on the field's 15,341 training pictures of six classes, all beats of MIT-BIH, as published."
} | {
    name: f"Taught on beats of the 22 records DS1 of MIT-BIH, at most {MOST_TAUGHT:,} of a class, drawn by this "
    f"project as {kind}s."
    for name, kind in {FIVE: "trace", **SPECTRA}.items()
}


def show(beat: Beat, task: str, picture: np.ndarray) -> None:
    """Show all answers on a beat's picture for a task, shape (128, 192), uint8, side by side, and one network's map."""
    with st.spinner("Asking the networks"):
        table = answers_table(beat_answers(beat.key, task, picture, beat.rhythm), CLASSES[task])
    if table.empty:
        st.warning("No trained network for these classes ships with this version.", icon=":material/info:")
        return
    st.markdown(in_words(table))
    classes = short(CLASSES[task])
    chart_downloads.draw(
        charts.answers_chart(table, classes),
        "Each network's probability of each class of beat",
        table,
        f"beat_{beat.key[:8]}_{task}",
        # A picture's words are the name that its file was given, which may be a patient's.
        [beat.words if beat.mv is not None else "A picture of a beat", TAUGHT_ON[task]],
        place="beat_answers",
    )
    short_means = f" {about.SHORT_MEANS}" if task == SIX else ""
    st.caption(TAUGHT_ON[task] + _rhythm_words(beat) + short_means)
    _map(beat, task, picture, table)


def answers_table(said: dict[str, np.ndarray], classes: tuple[str, ...]) -> pd.DataFrame:
    """Return ``network, class, probability``, networks and classes in their order."""
    rows = [
        {"network": NAMES[name], "class": label, "probability": float(share)}
        for name, shares in said.items()
        for label, share in zip(short(classes), shares, strict=True)
    ]
    return pd.DataFrame(rows, columns=["network", "class", "probability"])


def in_words(table: pd.DataFrame) -> str:
    """Say what most networks find likeliest, and how many agree.

    Examples
    --------
    >>> in_words(pd.DataFrame({"network": ["A", "A", "B", "B"], "class": ["N", "V"] * 2,
    ...                        "probability": [0.9, 0.1, 0.2, 0.8]}))
    'The networks disagree: 1 of 2 finds N likeliest (A 90%), 1 V (B 80%).'
    """
    likeliest = table.loc[table.groupby("network", sort=False)["probability"].idxmax()]
    groups = sorted(likeliest.groupby("class", sort=False), key=lambda group: -len(group[1]))
    own = [
        (len(rows), label, ", ".join(f"{row.network} {percent(row.probability)}" for row in rows.itertuples()))
        for label, rows in groups
    ]
    n = len(likeliest)
    if len(own) == 1:
        return f"All {n} networks find {own[0][1]} likeliest: {own[0][2]}."
    (count, label, who), *others = own
    rest = ", ".join(f"{number} {name} ({those})" for number, name, those in others)
    return f"The networks disagree: {count} of {n} find{'s' * (count == 1)} {label} likeliest ({who}), {rest}."


def with_map(picture: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """Lay a map over a picture, both shape (128, 192); return shape (128, 192, 3), uint8."""
    share = MOST_OPAQUE * seen[..., None]
    return np.rint(picture[..., None] * (1 - share) + SEEN_RGB * share).astype(np.uint8)


@st.fragment
def _map(beat: Beat, task: str, picture: np.ndarray, table: pd.DataFrame) -> None:
    st.subheader("What a score is sensitive to", anchor=False)
    by_name = {shown: name for name, shown in NAMES.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        networks = list(dict.fromkeys(table["network"]))
        # Ours comes last.
        shown = st.selectbox("Network", networks, len(networks) - 1,
                             key=f"beat_map_network_{task}", width=220, persist_state="session")  # fmt: skip
        own = table[table["network"] == shown]
        classes = list(own["class"])
        label = st.selectbox("Class", classes, int(own["probability"].to_numpy().argmax()),
                             key=f"beat_map_class_{task}_{shown}_{beat.key[:8]}", width=260)  # fmt: skip
    seen = beat_map(beat.key, task, by_name[shown], classes.index(label), picture, beat.rhythm)
    mapped, words = st.columns([1, 1], gap="medium")
    with mapped:
        st.image(pictures.png(with_map(picture, seen)), width="stretch",
                 alt=f"Grad-CAM of {shown} for {label} over the beat")  # fmt: skip
    with words:
        nothing = "" if seen.any() else f"Nothing that the last convolutions saw speaks for {label}. "
        st.markdown(
            f"{nothing}Orange: what the network's last convolutions saw there speaks for the class (Grad-CAM). It says "
            "where the score is sensitive, not why the heart does what it does."
        )
        st.markdown(about.CLASSES[label])


def _rhythm_words(beat: Beat) -> str:
    known = "is given" if beat.rhythm is not None else "could be given, and here has to do without,"
    return f" Ours alone {known} the timing of the beats around beside the picture."


@of_report(st.cache_data, max_entries=64)
def beat_answers(key: str, task: str, _picture: np.ndarray, _rhythm: np.ndarray | None) -> dict[str, np.ndarray]:
    """Return what each network of a task says of a beat."""
    return live.asked(task, _picture, _rhythm)


@of_report(st.cache_data, max_entries=64)
def beat_map(key: str, task: str, name: str, at: int, _picture: np.ndarray, _rhythm: np.ndarray | None) -> np.ndarray:
    """Return where a network of beats is sensitive for its class at some place."""
    return live.networks_of(task)[name].seen(_picture, at, _rhythm)
