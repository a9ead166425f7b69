"""Learn, fifth part: a quiz on simulated reports of known truth."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ecgviz.app import Control, SessionSlot, studies, ui
from ecgviz.learn import cached_examples, current_report, examples
from ecgviz.learn.controls import LearnControls, learn_controls
from ecgviz.learn.questions import Question, Score, next_question, question, revealed
from ecgviz.predictions import verdict_card
from ecgviz.sections import verdict
from ecgviz.words import measured
from models.networks import ENSEMBLE
from preprocessing.errors import EcgImageError

SERIES_MAX = 9999
SCORE = SessionSlot("quiz", Score)
COMPARED = {"Heart rate": "heart_rate_bpm", "PR": "pr_ms", "QRS": "qrs_ms", "QT": "qt_ms"}


@st.fragment
def show() -> None:
    """Show the part: one question at a time."""
    score = SCORE.value
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.number_input(
            "Series",
            1,
            SERIES_MAX,
            key=LearnControls.quiz_series.key,
            width=140,
            on_change=_start,
            persist_state="session",
            help="The same number always gives the same questions.",
        )
        st.metric("Correct", f"{score.correct} of {score.answered}", width=140)
    current = question(score.series, score.number)
    st.markdown(f"**Question {score.number}: {current.text}**")
    outlined = current.leads if score.choice is not None else ()
    # Before that the title of the example would give the answer away.
    title = f": {current.example.title}, with {', '.join(outlined)} outlined" if outlined else ""
    st.image(
        cached_examples.drawn_picture(current.example, outlined), width="stretch", alt=f"A simulated report{title}"
    )
    answer = LearnControls.quiz_answer.numbered(score.series, score.number)
    st.radio("Your answer", current.choices, index=None, key=answer.key, disabled=score.choice is not None)
    if score.choice is None:
        st.button("Reveal", key="quiz_reveal", on_click=_reveal, args=(answer,), disabled=answer.value is None)
        return
    _explanation(current, score.choice)
    st.button("Next question", key="quiz_next", icon=":material/arrow_forward:", on_click=_next)
    current_report.open_button(current.example, "open_question")
    if st.toggle("Show measurements and predictions", key=f"{answer.key}_networks"):
        _reading(current)


def _explanation(current: Question, choice: str) -> None:
    if choice == current.answer:
        st.success(f"Correct: {current.answer}.", icon=":material/check:")
    else:
        st.error(f"Incorrect. Your answer: {choice}. Correct: {current.answer}.", icon=":material/close:")
    st.markdown(current.explanation)
    st.caption(f"Outlined: {', '.join(current.leads)}.")


def _reading(current: Question) -> None:
    """Read the simulated page like any other, and compare the result with the truth."""
    with st.spinner("Reading the page"):
        report = current_report.simulated_report(current.example)
        study = studies.read_aside(report)
    if isinstance(study, EcgImageError):
        ui.refused(study, "This simulated page could not be read.")
        return
    truth = dict(examples.truth(current.example, cached_examples.drawn(current.example).recording))
    values = study.measurements.values
    rows = [
        (label, truth.get(label, measured.MISSING), measured.in_words(values[name])) for label, name in COMPARED.items()
    ]
    st.table(pd.DataFrame(rows, columns=["", "simulated", "measured"]).set_index(""))
    prediction = studies.prediction(study)
    shown, combined, label = verdict_card.card_of(prediction), prediction.verdicts[ENSEMBLE], truth["Class"]
    verdict.card(shown)
    result = "correct" if combined.label == label else "wrong"
    outcome = f"the combined prediction, {combined.label}, is {result}" if shown.is_predicted else "none is predicted"
    st.caption(f"Simulated as {label}; {outcome}. The networks were trained on real reports.")


def _start() -> None:
    SCORE.set(Score(series=learn_controls.quiz_series))


def _reveal(answer: Control[str | None]) -> None:
    assert answer.value is not None  # The button is disabled until then.
    SCORE.set(revealed(SCORE.value, answer.value))


def _next() -> None:
    SCORE.set(next_question(SCORE.value))
