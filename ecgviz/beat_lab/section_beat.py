"""The beat lab, first part: choose a beat, and see it as each network does."""

from __future__ import annotations

import numpy as np
import streamlit as st

from ecgviz.app import entrance, report_view, session, ui
from ecgviz.beat_lab import beat as beats
from ecgviz.beat_lab.beat import FIVE, SIX, SPECTRA, Beat
from ecgviz.beat_lab.tables import NAMES
from ecgviz.drawing import pictures
from ecgviz.words import lead_names, plain
from models.beats import NETWORKS, resized, shipped_for
from preprocessing.errors import EcgImageError
from preprocessing.picture import decode
from sample_images import RHYTHMS

SOURCES = ("A drawn beat", "The open report", "A picture of a beat")
TASKS = {SIX: "Six classes", FIVE: "Five AAMI classes"} | {
    name: f"Five, from the {kind}" for name, kind in SPECTRA.items()
}
KINDS = ["png", "jpg", "jpeg", "webp", "bmp", "gif", "tif", "tiff"]
PICTURE_PX = 288
# A picture of one beat is small; beyond this it is likely to show more than one.
MOST_PIXELS = 1_000_000
# By where the beat comes from.
NOT_THEIRS = (
    "The networks were taught on beats of the MIT-BIH database, one lead of at most 47 patients, recorded at 360 "
    "samples a second between 1975 and 1979. This beat is {}: what they say of it shows how they behave, and was not "
    "measured."
)
OF_SOURCE = dict(zip(SOURCES, ("drawn by this project", "of another machine and another patient"), strict=False))
MAYBE_THEIRS = (
    "The networks were taught on beats of the MIT-BIH database. A picture of the field's collections may be one that "
    "they were taught on, and then they answer from memory; what they say of a picture from elsewhere was not measured."
)


def chosen() -> Beat:
    """Let a person choose a beat, and return it; without one, draw nothing more."""
    source = st.segmented_control("Where the beat comes from", list(SOURCES), default=SOURCES[0], key="beat_source",
                                  required=True, wrap=True, persist_state="session")  # fmt: skip
    beat = {SOURCES[0]: _drawn, SOURCES[1]: _of_report, SOURCES[2]: _of_picture}[source]()
    if beat is None:
        st.stop()
    st.caption(MAYBE_THEIRS if source not in OF_SOURCE else NOT_THEIRS.format(OF_SOURCE[source]))
    return beat


def as_seen(beat: Beat) -> tuple[str, np.ndarray]:
    """Show the beat as the networks of one task take it; return the task, and the picture, (128, 192), uint8."""
    # A beat that came as a picture has no clock, and so neither the width of the five classes' pictures nor spectra.
    key = "beat_task" if beat.mv is not None else "beat_task_of_picture"
    task = st.segmented_control("Classes", list(beat.tasks), default=SIX, key=key, required=True, wrap=True,
                                format_func=TASKS.__getitem__, persist_state="session")  # fmt: skip
    picture = beat.picture(task)
    asked = shipped_for(task)
    sizes = sorted({NETWORKS[name].shape for name in asked})
    whole, *seen = st.columns([3, *[2] * len(sizes)], gap="small", vertical_alignment="bottom")
    with whole:
        st.image(pictures.png(picture), width="stretch", alt=f"{beat.words}, as it is drawn for the networks")
        st.caption("As it is drawn for the networks: 192 by 128 pixels")
    for shape, column in zip(sizes, seen, strict=True):
        small = resized(picture, shape[:2])
        users = ", ".join(NAMES[name] for name in asked if NETWORKS[name].shape == shape)
        with column:
            # Enlarged without smoothing: what a network has of the picture is these pixels.
            large = np.kron(small, np.ones((PICTURE_PX // shape[0],) * 2, np.uint8))
            st.image(pictures.png(large), width="stretch", alt=f"The same in {shape[1]} by {shape[0]} pixels")
            st.caption(f"{shape[1]} by {shape[0]}: {users}")
    return task, picture


def _drawn() -> Beat:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        rhythm = st.selectbox("Rhythm", list(beats.DRAWN), key="beat_rhythm", width=260, persist_state="session",
                              format_func=lambda name: RHYTHMS[name].title)  # fmt: skip
        last = len(beats.drawn_beats(rhythm))
        number = st.number_input("Beat", 1, last, 1, key=f"beat_number_{rhythm}", width=140)
    return beats.drawn(rhythm, number - 1)


def _of_report() -> Beat | None:
    report = entrance.open_report()
    ui.heading(report)
    study = report_view.study_or_refusal(report)
    if study is None:
        report_view.instead(report)
        return None
    found = beats.beats_of(study)
    if not found:
        st.warning("No beat of this report is shown whole in any of its leads.", icon=":material/info:")
        return None
    # The strip before the short piece of the same lead; and where neither shows a whole beat, what does.
    of_two = [trace.key for trace in study.traces if trace.lead == "II" and trace.key in found]
    usual = of_two[-1] if of_two else next(iter(found))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        keys = list(found)
        key = st.selectbox("Lead", keys, keys.index(usual), key=f"beat_lead_{report.sha256}", width=220,
                           format_func=lead_names.in_words)  # fmt: skip
        number = st.number_input("Beat", 1, len(found[key]), 1, key=f"beat_of_{report.sha256}_{key}", width=140)
    return beats.of_report(study, key, number - 1)


def _of_picture() -> Beat | None:
    given = st.file_uploader("Picture of one beat, dark on light, without a grid", type=KINDS, key="beat_picture")
    if given is None:
        st.info("Give a picture of one beat, such as the field's collections hold.", icon=":material/info:")
        return None
    try:
        image = decode(given.getvalue())
        beat = beats.of_picture(image.rgb, "The picture" if session.margins_hidden() else given.name)
    except EcgImageError as refusal:
        ui.refused(refusal, "This picture was not read.")
        return None
    for notice in image.notices:
        st.warning(plain(notice.message), icon=":material/info:")
    if image.rgb.shape[0] * image.rgb.shape[1] > MOST_PIXELS:
        st.warning("This is a large picture for one beat. A whole report belongs on the page Home; take a beat of it "
                   "from there.", icon=":material/info:")  # fmt: skip
    return beat
