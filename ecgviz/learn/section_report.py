"""Learn, first part: what a 12-lead report contains."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ecgviz.app import unchecked_charts
from ecgviz.drawing import pictures
from ecgviz.learn import about_reports as words
from ecgviz.learn import report_charts, strips
from ecgviz.learn.controls import LearnControls
from preprocessing.recorder_settings import MEASURABLE_GAINS_MM_MV, MEASURABLE_SPEEDS_MM_S
from sample_images import LEADS, RHYTHMS


@st.fragment
def leads() -> None:
    """Show one lead: its direction, and its waves."""
    st.subheader("Electrodes and leads", anchor=False)
    st.markdown(words.ELECTRODES)
    lead = st.segmented_control(
        "Lead", LEADS, default="II", key=LearnControls.learn_lead.key, required=True, persist_state="session"
    )
    lesson = words.LEAD_LESSONS[lead]
    with st.container(horizontal=True, gap="medium"):
        for plane in report_charts.PLANES:
            with st.container(width=report_charts.VIEWS_PX):
                # A title inside the chart would reduce its height and distort its angles.
                st.markdown(f"**{plane}**")
                words_for = f"{plane}: the direction of each"
                unchecked_charts.show(report_charts.views_chart(plane, lead), words_for, "content")
        with st.container(width=420):
            st.markdown(f"**{lesson.name}**: {lesson.between if lead in LEADS[:6] else 'an electrode on the chest'}.")
            if lead not in LEADS[:6]:
                st.markdown(f"Electrode: {lesson.between}.")
            st.markdown(f"It views {lesson.views}.")
            st.markdown(words.LAWS)
            st.caption(f"{words.PLACES_SOURCE} Directions: those of the simulator.")
    st.image(
        strip_picture("normal-sinus", lead, 25.0, 10.0),
        width="stretch",
        alt=f"Lead {lead} of a normal rhythm on ECG paper, after a calibration pulse",
    )


@st.fragment
def paper() -> None:
    """Show how speed and gain change the same beats."""
    st.subheader("Paper and calibration pulse", anchor=False)
    st.markdown(words.PAPER)
    first, second = st.columns(2)
    speed = first.segmented_control(
        "Speed",
        MEASURABLE_SPEEDS_MM_S,
        default=25.0,
        key=LearnControls.learn_speed.key,
        required=True,
        format_func=lambda value: f"{value:g} mm/s",
        persist_state="session",
    )
    gain = second.segmented_control(
        "Gain",
        MEASURABLE_GAINS_MM_MV,
        default=10.0,
        key=LearnControls.learn_gain.key,
        required=True,
        format_func=lambda value: f"{value:g} mm/mV",
        persist_state="session",
    )
    st.image(
        strip_picture("normal-sinus", "II", speed, gain),
        width="stretch",
        alt=f"The same lead II at {speed:g} mm/s and {gain:g} mm/mV",
    )
    st.table(pd.DataFrame(strips.squares(speed, gain), columns=["length", "time", "voltage"]).set_index("length"))
    st.caption(f"The calibration pulse is 1 mV, here {gain:g} mm high. The signal is the same in every setting.")


@st.fragment
def waves() -> None:
    """Show one beat with its intervals, and the normal ranges."""
    st.subheader("Waves and intervals", anchor=False)
    st.markdown(words.WAVES)
    rhythm = st.selectbox(
        "Beat",
        words.BEATS_SHOWN,
        key=LearnControls.learn_beat.key,
        format_func=lambda key: RHYTHMS[key].title,
        persist_state="session",
    )
    wave, intervals = report_charts.one_beat(rhythm)
    spans = ", ".join(f"{one.interval} {one.ms} ms" for one in intervals.itertuples())
    unchecked_charts.show(report_charts.beat_chart(wave, intervals), f"One beat of lead II, simulated with {spans}")
    st.caption(f"Lead II without noise, simulated with {spans}.")
    rows = [(one.name, one.meaning, one.normal, one.source) for one in words.INTERVAL_LESSONS]
    st.table(pd.DataFrame(rows, columns=["interval", "definition", "normal in adults", "source"]).set_index("interval"))


def show() -> None:
    """Show the part."""
    leads()
    paper()
    waves()


@st.cache_data(max_entries=64, show_spinner=False)
def strip_picture(rhythm: str, lead: str, speed_mm_s: float, gain_mm_mv: float) -> str:
    """Return the data URL of one lead on ECG paper."""
    return pictures.data_url(pictures.png(strips.strip(rhythm, lead, speed_mm_s, gain_mm_mv)))
