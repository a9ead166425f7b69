"""Learn, fifth part: predict, then reveal, on drawn reports whose truth is known."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ecgviz.app import studies, ui
from ecgviz.learn import at_hand, examples, kept_examples
from ecgviz.learn.questions import Question, Standing, following, question, revealed
from ecgviz.predictions import model_names, prediction_tables
from ecgviz.words import measured
from models.networks import ENSEMBLE
from preprocessing.errors import EcgImageError

SERIES_MAX = 9999
COMPARED = {"Heart rate": "heart_rate_bpm", "PR": "pr_ms", "QRS": "qrs_ms", "QT": "qt_ms"}


@st.fragment
def show() -> None:
    """Show the part: one question at a time."""
    st.session_state.setdefault("quiz", Standing())
    st.session_state.setdefault("quiz_series", st.session_state["quiz"].series)
    standing: Standing = st.session_state["quiz"]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.number_input("Series", 1, SERIES_MAX, key="quiz_series", width=140, on_change=_start,
                        persist_state="session",
                        help="Each number is a series of questions of its own, the same each time.")  # fmt: skip
        st.metric("Right", f"{standing.right} of {standing.answered}", width=140)
    asked = question(standing.series, standing.number)
    st.markdown(f"**Question {standing.number}: {asked.asked}**")
    marked = asked.look_at if standing.said is not None else ()
    st.image(
        kept_examples.drawn_picture(asked.example, marked),
        width="stretch",
        alt="A drawn report" + (f": {asked.example.title}, with {', '.join(marked)} outlined" if marked else ""),
    )
    key = f"quiz_{standing.series}_{standing.number}"
    st.radio("Your answer", asked.choices, index=None, key=key, disabled=standing.said is not None)
    if standing.said is None:
        st.button("Reveal", key="quiz_reveal", on_click=_reveal, args=(key,),
                  disabled=st.session_state[key] is None)  # fmt: skip
        return
    _explained(asked, standing.said)
    st.button("Next question", key="quiz_next", icon=":material/arrow_forward:", on_click=_next)
    at_hand.open_button(asked.example, "open_question")
    if st.toggle("Show what this tool measures and what the networks say", key=f"{key}_networks"):
        _machine(asked)


def _explained(asked: Question, said: str) -> None:
    if said == asked.answer:
        st.success(f"Right: {asked.answer}.", icon=":material/check:")
    else:
        st.error(f"Not so. You said: {said}. It is: {asked.answer}.", icon=":material/close:")
    st.markdown(asked.why)
    st.caption(f"Outlined: {', '.join(asked.look_at)}.")


def _machine(asked: Question) -> None:
    """Read the drawn page as any other, and show both truths beside each other."""
    with st.spinner("Reading the page"):
        report = at_hand.drawn_report(asked.example)
        study = studies.read_aside(report)
    if isinstance(study, EcgImageError):
        ui.refused(study, "This drawn page was not read.")
        return
    known = dict(examples.truth(asked.example, kept_examples.drawn(asked.example).recording))
    values = study.measurements.values
    rows = [(label, known.get(label, measured.MISSING), measured.in_words(values[name]))
            for label, name in COMPARED.items()]  # fmt: skip
    st.table(pd.DataFrame(rows, columns=["", "as drawn", "as measured on the page"]).set_index(""))
    prediction = studies.prediction(report, study)
    for name, verdict in prediction.verdicts.items():
        st.markdown(f"{model_names.NAMES[name]}: {prediction_tables.sentence(verdict)}")
    likeliest, label = prediction.verdicts[ENSEMBLE].label, known["Class"]
    st.caption(
        f"Drawn as {label}; both together find {likeliest} likeliest"
        f"{'.' if likeliest == label else ', which is wrong here.'} They can be wrong: they learnt from one hospital's "
        "reports, not from drawings."
    )


def _start() -> None:
    st.session_state["quiz"] = Standing(series=int(st.session_state["quiz_series"]))


def _reveal(key: str) -> None:
    st.session_state["quiz"] = revealed(st.session_state["quiz"], st.session_state[key])


def _next() -> None:
    st.session_state["quiz"] = following(st.session_state["quiz"])
