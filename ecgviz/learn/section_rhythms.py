"""Learn, second part: the four classes, and a simulator of rhythms with known truth."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import streamlit as st

from ecgviz.app import ui
from ecgviz.learn import about_classes, cached_examples, current_report, examples
from ecgviz.learn.about_rhythms import RHYTHM_LESSONS
from ecgviz.learn.controls import LearnControls, learn_controls
from ecgviz.learn.examples import Example
from sample_images import GRIDS, LAYOUTS, RHYTHMS

NOISE_NAMES = {"none": "None", "usual": "Typical", "restless": "Restless patient", "heavy": "Heavy"}


def show() -> None:
    """Show the part."""
    classes()
    simulator()


def classes() -> None:
    """Show what each class means, and what it does not mean."""
    st.subheader("Four classes", anchor=False)
    st.markdown(about_classes.DATASET)
    for first in range(0, len(about_classes.CLASS_LESSONS), 2):
        for lesson, column in zip(about_classes.CLASS_LESSONS[first : first + 2], st.columns(2), strict=True):
            with column, st.container(border=True, height="stretch"):
                st.markdown(f"**{lesson.name}**")
                st.markdown(lesson.meaning)
                st.markdown(f"*Caution.* {lesson.not_meant}")
                st.button(
                    f"Simulate: {RHYTHMS[lesson.example].title.lower()}",
                    key=f"draw_{lesson.example}",
                    type="tertiary",
                    icon=":material/draw:",
                    on_click=_choose,
                    args=(lesson.example,),
                )


@st.fragment
def simulator() -> None:
    """Simulate a report with the settings of the controls, and show its truth."""
    st.subheader("Simulate a rhythm", anchor=False)
    controls, view = st.columns([1, 3], gap="medium")
    with controls:
        example = _settings()
    lesson = RHYTHM_LESSONS[example.rhythm]
    with view:
        drawn = cached_examples.drawn(example)
        with st.container(horizontal=True, gap="small", border=True, key="truth"):
            for label, value in examples.truth(example, drawn.recording):
                st.metric(label, value, width=ui.FACT_PX if len(value) < 16 else 2 * ui.FACT_PX)
        outlined = lesson.leads if learn_controls.learn_outlined else ()
        st.image(
            cached_examples.drawn_picture(example, outlined),
            width="stretch",
            alt=f"A simulated report: {example.title}" + (f", with {', '.join(outlined)} outlined" if outlined else ""),
        )
        current_report.open_button(example, "open_example")
        st.markdown(f"**Signs.** {lesson.signs}")
        st.markdown(f"**Mechanism.** {lesson.mechanism}")
        st.caption(
            f"Clearest in {', '.join(lesson.leads)}. Source: {lesson.source}. Rate and RR: simulated beats; PR, QRS "
            "and QT: settings of a regular beat."
        )


def _settings() -> Example:
    """Return the example that the controls set."""
    keep: Literal["session"] = "session"
    rhythm = st.selectbox(
        "Rhythm",
        list(RHYTHMS),
        key=LearnControls.learn_rhythm.key,
        format_func=lambda key: RHYTHMS[key].title,
        persist_state=keep,
    )
    rates, usual = RHYTHM_LESSONS[rhythm].rates_bpm, RHYTHMS[rhythm].rate_bpm
    rate = None
    if rates is not None and usual is not None:
        # One slider per rhythm: beyond these rates the rhythm has another name.
        rate = st.slider(
            "Heart rate (bpm)",
            rates.start,
            rates[-1],
            _on_step(rates, usual),
            rates.step,
            key=LearnControls.learn_rate.numbered(rhythm).key,
            persist_state=keep,
        )
    noise = st.select_slider(
        "Noise",
        list(examples.NOISES),
        "usual",
        key=LearnControls.learn_noise.key,
        format_func=NOISE_NAMES.__getitem__,
        persist_state=keep,
    )
    layout = st.selectbox("Layout", list(LAYOUTS), 1, key=LearnControls.learn_layout.key, persist_state=keep)
    grid = st.selectbox("Grid", list(GRIDS), 1, key=LearnControls.learn_grid.key, persist_state=keep)
    camera = st.selectbox(
        "Capture",
        list(examples.CAMERAS),
        key=LearnControls.learn_camera.key,
        format_func=examples.CAMERAS.__getitem__,
        persist_state=keep,
    )
    seed = st.number_input("Random seed", 0, 9999, 0, key=LearnControls.learn_seed.key, persist_state=keep)
    st.toggle("Outline the leads to inspect", key=LearnControls.learn_outlined.key, persist_state=keep)
    return replace(
        Example(),
        rhythm=rhythm,
        heart_rate_bpm=rate,
        noise=noise,
        layout=layout,
        grid=grid,
        camera=camera,
        seed=int(seed),
    )


def _on_step(rates: range, usual_bpm: float) -> int:
    return min(rates, key=lambda rate: abs(rate - usual_bpm))


def _choose(rhythm: str) -> None:
    learn_controls.learn_rhythm = rhythm
