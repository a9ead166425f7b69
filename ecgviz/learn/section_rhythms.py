"""Learn, second part: the four classes, and rhythms drawn live with their truth."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import streamlit as st

from ecgviz.app import ui
from ecgviz.learn import about_classes, at_hand, examples, kept_examples
from ecgviz.learn.about_rhythms import RHYTHM_LESSONS
from ecgviz.learn.examples import Example
from sample_images import GRIDS, LAYOUTS, RHYTHMS

NOISE_NAMES = {"none": "None", "usual": "Usual", "restless": "Restless patient", "heavy": "Heavy"}


def show() -> None:
    """Show the part."""
    classes()
    bench()


def classes() -> None:
    """Tell what each class is called for, and what it does not mean."""
    st.subheader("Four classes", anchor=False)
    st.markdown(about_classes.COLLECTION)
    for first in range(0, len(about_classes.CLASS_LESSONS), 2):
        for lesson, column in zip(about_classes.CLASS_LESSONS[first : first + 2], st.columns(2), strict=True):
            with column, st.container(border=True, height="stretch"):
                st.markdown(f"**{lesson.name}**")
                st.markdown(lesson.called_so)
                st.markdown(f"*What it does not mean.* {lesson.not_meant}")
                st.button(
                    f"Draw one: {RHYTHMS[lesson.example].title.lower()}", key=f"draw_{lesson.example}",
                    type="tertiary", icon=":material/draw:", on_click=_choose, args=(lesson.example,),
                )  # fmt: skip


@st.fragment
def bench() -> None:
    """Draw a report as the controls say, and tell its truth."""
    st.subheader("Draw a rhythm", anchor=False)
    controls, view = st.columns([1, 3], gap="medium")
    with controls:
        example = _asked()
    lesson = RHYTHM_LESSONS[example.rhythm]
    with view:
        drawn = kept_examples.drawn(example)
        with st.container(horizontal=True, gap="small", border=True, key="truth"):
            for label, value in examples.truth(example, drawn.recording):
                st.metric(label, value, width=ui.FACT_PX if len(value) < 16 else 2 * ui.FACT_PX)
        marked = lesson.look_at if st.session_state["learn_marks"] else ()
        st.image(
            kept_examples.drawn_picture(example, marked),
            width="stretch",
            alt=f"A drawn report: {example.title}" + (f", with {', '.join(marked)} outlined" if marked else ""),
        )
        at_hand.open_button(example, "open_example")
        st.markdown(f"**What to see.** {lesson.seen}")
        st.markdown(f"**What happens.** {lesson.why}")
        st.caption(
            f"Look at {', '.join(lesson.look_at)}. Source: {lesson.source}. Rate and RR are counted on the beats "
            "drawn; PR, QRS and QT are what each usual beat was drawn with. It is a drawing, simpler than any heart."
        )


def _asked() -> Example:
    """Return what the controls ask for."""
    keep: Literal["session"] = "session"
    rhythm = st.selectbox(
        "Rhythm", list(RHYTHMS), key="learn_rhythm", format_func=lambda key: RHYTHMS[key].title, persist_state=keep
    )
    rates, usual = RHYTHM_LESSONS[rhythm].rates_bpm, RHYTHMS[rhythm].rate_bpm
    rate = None
    if rates is not None and usual is not None:
        # A slider of its own for each rhythm: beyond these rates it would be called otherwise.
        rate = st.slider(
            "Heart rate, beats a minute", rates.start, rates[-1], _on_step(rates, usual), rates.step,
            key=f"learn_rate_{rhythm}", persist_state=keep,
        )  # fmt: skip
    noise = st.select_slider(
        "Noise", list(examples.NOISES), "usual", key="learn_noise", format_func=NOISE_NAMES.__getitem__,
        persist_state=keep,
    )  # fmt: skip
    layout = st.selectbox("Layout", list(LAYOUTS), 1, key="learn_layout", persist_state=keep)
    grid = st.selectbox("Squares", list(GRIDS), 1, key="learn_grid", persist_state=keep)
    camera = st.selectbox(
        "Seen as", list(examples.CAMERAS), key="learn_camera", format_func=examples.CAMERAS.__getitem__,
        persist_state=keep,
    )  # fmt: skip
    seed = st.number_input("Heart number", 0, 9999, 0, key="learn_seed", persist_state=keep)
    st.toggle("Mark where to look", key="learn_marks", persist_state=keep)
    return replace(Example(), rhythm=rhythm, heart_rate_bpm=rate, noise=noise, layout=layout, grid=grid,
                   camera=camera, seed=int(seed))  # fmt: skip


def _on_step(rates: range, usual_bpm: float) -> int:
    return min(rates, key=lambda rate: abs(rate - usual_bpm))


def _choose(rhythm: str) -> None:
    st.session_state["learn_rhythm"] = rhythm
