"""The beat lab, One beat: choose a beat, and see it as each network does."""

from __future__ import annotations

import numpy as np
import streamlit as st

from ecgviz.app import entrance, report_view, session, ui
from ecgviz.beat_lab import beat as beats
from ecgviz.beat_lab.beat import FIVE_TASK, SIX_TASK, SPECTRUM_TASKS, Beat
from ecgviz.beat_lab.controls import BeatControls
from ecgviz.beat_lab.tables import NAMES
from ecgviz.drawing import pictures
from ecgviz.words import lead_names, plain
from models.beats import BEAT_NETWORKS, resized, shipped_networks
from preprocessing.errors import EcgImageError
from preprocessing.picture import decode
from sample_images import RHYTHMS

SIMULATION, OPEN_REPORT, PICTURE = SOURCES = ("Simulated beat", "Open report", "Picture of a beat")
TASK_NAMES = {SIX_TASK: "Six classes", FIVE_TASK: "Five AAMI classes"} | {
    name: f"Five, from the {kind}" for name, kind in SPECTRUM_TASKS.items()
}
FILE_TYPES = ["png", "jpg", "jpeg", "webp", "bmp", "gif", "tif", "tiff"]
PICTURE_PX = 288
# A picture of one beat is small; a larger one probably shows more.
MAX_PIXELS = 1_000_000
NOT_TRAINING_DATA = (
    "The networks were trained on beats of the MIT-BIH database: one lead of at most 47 patients, 360 samples per "
    "second, 1975 to 1979. This beat {}. The predictions show how the networks behave; their accuracy here is unknown."
)
ORIGINS = {SIMULATION: "is simulated", OPEN_REPORT: "comes from an open report, not from that database"}
MAYBE_TRAINING_DATA = (
    "The networks were trained on beats of the MIT-BIH database. A picture from the published collections may be one "
    "of their training pictures; for any other picture their accuracy is unknown."
)


def chosen() -> Beat:
    """Let a person choose a beat, and return it; until then, end the page here."""
    source = st.segmented_control(
        "Source of the beat",
        list(SOURCES),
        default=SIMULATION,
        key=BeatControls.beat_source.key,
        required=True,
        wrap=True,
        persist_state="session",
    )
    beat = {SIMULATION: _simulated, OPEN_REPORT: _from_report, PICTURE: _from_picture}[source]()
    if beat is None:
        st.stop()
    st.caption(NOT_TRAINING_DATA.format(ORIGINS[source]) if source in ORIGINS else MAYBE_TRAINING_DATA)
    return beat


def as_seen(beat: Beat) -> tuple[str, np.ndarray]:
    """Show the beat as the networks of one task take it; return the task, and the picture, (128, 192), uint8."""
    # A beat from a picture has no time scale, and so only one task.
    control = BeatControls.beat_task if beat.mv is not None else BeatControls.beat_task_of_picture
    task = st.segmented_control(
        "Classes",
        list(beat.tasks),
        default=SIX_TASK,
        key=control.key,
        required=True,
        wrap=True,
        format_func=TASK_NAMES.__getitem__,
        persist_state="session",
    )
    picture = beat.picture(task)
    networks = shipped_networks(task)
    shapes = sorted({BEAT_NETWORKS[name].shape for name in networks})
    whole, *inputs = st.columns([3, *[2] * len(shapes)], gap="small", vertical_alignment="bottom")
    with whole:
        st.image(pictures.png(picture), width="stretch", alt=f"{beat.source}, as drawn for the networks")
        st.caption("As drawn: 192 by 128 pixels")
    for shape, column in zip(shapes, inputs, strict=True):
        small = resized(picture, shape[:2])
        users = ", ".join(NAMES[name] for name in networks if BEAT_NETWORKS[name].shape == shape)
        with column:
            # Enlarged without smoothing: these pixels are all that a network gets.
            large = np.kron(small, np.ones((PICTURE_PX // shape[0],) * 2, np.uint8))
            st.image(pictures.png(large), width="stretch", alt=f"The same in {shape[1]} by {shape[0]} pixels")
            st.caption(f"{shape[1]} by {shape[0]}: {users}")
    return task, picture


def _simulated() -> Beat:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        rhythm = st.selectbox(
            "Rhythm",
            list(beats.SIMULATED_RHYTHMS),
            key=BeatControls.beat_rhythm.key,
            width=260,
            persist_state="session",
            format_func=lambda name: RHYTHMS[name].title,
        )
        last = len(beats.simulated_beat_times(rhythm))
        number = st.number_input("Beat", 1, last, 1, key=BeatControls.beat_number.numbered(rhythm).key, width=140)
    return beats.simulated_beat(rhythm, number - 1)


def _from_report() -> Beat | None:
    report = entrance.open_report()
    study = report_view.study_or_refusal(report)
    if study is None:
        report_view.instead(report)
        return None
    times = beats.report_beat_times(study)
    if not times:
        st.warning("No lead of this report shows a whole beat.", icon=":material/info:")
        return None
    # The rhythm strip before the short lead II; any other lead where neither shows a whole beat.
    of_two = [trace.key for trace in study.traces if trace.lead == "II" and trace.key in times]
    usual = of_two[-1] if of_two else next(iter(times))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        keys = list(times)
        key = st.selectbox(
            "Lead",
            keys,
            keys.index(usual),
            key=BeatControls.beat_lead.numbered(report.sha256).key,
            width=220,
            format_func=lead_names.in_words,
        )
        number = st.number_input(
            "Beat", 1, len(times[key]), 1, key=BeatControls.beat_of.numbered(report.sha256, key).key, width=140
        )
    return beats.beat_from_report(study, key, number - 1)


def _from_picture() -> Beat | None:
    upload = st.file_uploader(
        "Picture of one beat, dark on light, without a grid", type=FILE_TYPES, key=BeatControls.beat_picture.key
    )
    if upload is None:
        st.info("Open a picture of one beat, such as one from a published collection.", icon=":material/info:")
        return None
    try:
        image = decode(upload.getvalue())
        beat = beats.beat_from_picture(image.rgb, "The picture" if session.margins_hidden() else upload.name)
    except EcgImageError as refusal:
        ui.refused(refusal, "This picture cannot be used.")
        return None
    for notice in image.notices:
        st.warning(plain(notice.message), icon=":material/info:")
    if image.rgb.shape[0] * image.rgb.shape[1] > MAX_PIXELS:
        st.warning(
            "This picture is large for one beat. Open a whole report on Home and choose a beat of it here.",
            icon=":material/info:",
        )
    return beat
