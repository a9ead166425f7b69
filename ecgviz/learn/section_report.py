"""Learn, first part: what is on a 12-lead report."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ecgviz.app import unchecked_charts
from ecgviz.drawing import pictures
from ecgviz.learn import about_reports as words
from ecgviz.learn import report_charts, strips
from sample_images import LEADS, RHYTHMS

SPEEDS_MM_S, GAINS_MM_MV = (25.0, 50.0), (5.0, 10.0, 20.0)


@st.fragment
def leads() -> None:
    """Show one lead: where it looks from, and what it draws."""
    st.subheader("Electrodes and leads", anchor=False)
    st.markdown(words.ELECTRODES)
    lead = st.segmented_control("Lead", LEADS, default="II", key="learn_lead", required=True, persist_state="session")
    lesson = words.LEAD_LESSONS[lead]
    with st.container(horizontal=True, gap="medium"):
        for plane in report_charts.PLANES:
            with st.container(width=report_charts.VIEWS_PX):
                # A title within the chart would take of its height, and bend its angles.
                st.markdown(f"**{plane}**")
                words_for = f"{plane}: the directions that they look from"
                unchecked_charts.show(report_charts.views_chart(plane, lead), words_for, "content")
        with st.container(width=420):
            st.markdown(f"**{lesson.name}** is measured {lesson.between if lead in LEADS[:6] else 'on the chest'}.")
            if lead not in LEADS[:6]:
                st.markdown(f"Its electrode: {lesson.between}.")
            st.markdown(f"It looks at {lesson.looks_at}.")
            st.markdown(words.LAWS)
            st.caption(f"{words.PLACES_SOURCE} Directions are the drawing program's own.")
    st.image(
        strip_picture("normal-sinus", lead, 25.0, 10.0),
        width="stretch",
        alt=f"Lead {lead} of a normal rhythm on squared paper, after a calibration pulse",
    )


@st.fragment
def paper() -> None:
    """Show what speed and gain do to the same beats."""
    st.subheader("The paper and the pulse", anchor=False)
    st.markdown(words.PAPER)
    first, second = st.columns(2)
    speed = first.segmented_control(
        "Speed", SPEEDS_MM_S, default=25.0, key="learn_speed", required=True,
        format_func=lambda value: f"{value:g} mm/s", persist_state="session",
    )  # fmt: skip
    gain = second.segmented_control(
        "Gain", GAINS_MM_MV, default=10.0, key="learn_gain", required=True,
        format_func=lambda value: f"{value:g} mm/mV", persist_state="session",
    )  # fmt: skip
    st.image(
        strip_picture("normal-sinus", "II", speed, gain),
        width="stretch",
        alt=f"The same lead II at {speed:g} mm/s and {gain:g} mm/mV",
    )
    st.table(pd.DataFrame(strips.squares(speed, gain), columns=["length", "time", "voltage"]).set_index("length"))
    st.caption(f"The pulse is 1 mV, here {gain:g} mm high. The heart is the same in every setting.")


@st.fragment
def waves() -> None:
    """Show one beat with its intervals, and what is usual."""
    st.subheader("Waves and intervals", anchor=False)
    st.markdown(words.WAVES)
    rhythm = st.selectbox(
        "A beat of", words.BEATS_SHOWN, key="learn_beat", format_func=lambda key: RHYTHMS[key].title,
        persist_state="session",
    )  # fmt: skip
    wave, intervals = report_charts.one_beat(rhythm)
    spans = ", ".join(f"{one.interval} {one.ms} ms" for one in intervals.itertuples())
    unchecked_charts.show(report_charts.beat_chart(wave, intervals), f"One beat of lead II, drawn with {spans}")
    st.caption(f"Lead II without noise, drawn with {spans}.")
    usual = [(one.name, one.means, one.usual, one.source) for one in words.INTERVAL_LESSONS]
    st.table(pd.DataFrame(usual, columns=["interval", "what it is", "usual in adults", "source"]).set_index("interval"))


def show() -> None:
    """Show the part."""
    leads()
    paper()
    waves()


@st.cache_data(max_entries=64, show_spinner=False)
def strip_picture(rhythm: str, lead: str, speed_mm_s: float, gain_mm_mv: float) -> str:
    """Return the address of one lead on squared paper."""
    return pictures.data_url(pictures.png(strips.strip(rhythm, lead, speed_mm_s, gain_mm_mv)))
