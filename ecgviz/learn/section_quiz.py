"""Learn, fifth part: a quiz on simulated reports of known truth."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from ecgviz.app import Control, SessionSlot, studies, ui
from ecgviz.learn import cached_examples, current_report, examples
from ecgviz.learn.controls import LearnControls, learn_controls
from ecgviz.learn.own_questions import TEMPLATE, own_questions
from ecgviz.learn.questions import KINDS, Question, Score, next_question, revealed
from ecgviz.predictions import finding_tables, verdict_card
from ecgviz.sections import verdict
from ecgviz.words import measured, plain
from models.networks import ENSEMBLE
from preprocessing.errors import EcgImageError

SERIES_MAX = 9999
STYLE = Path(__file__).with_name("quiz.css")
SCORE = SessionSlot("quiz", Score)
REFUSED = SessionSlot[str | None]("quiz_refused", lambda: None)
COMPARED = {"Heart rate": "heart_rate_bpm", "PR": "pr_ms", "QRS": "qrs_ms", "QT": "qt_ms"}


@st.fragment
def show() -> None:
    """Show the part: one question at a time, the page beside its answers."""
    full = learn_controls.quiz_full
    # One style for both: a style that is left out in a fragment's next run stays on the page.
    st.html(STYLE)
    place = "quiz_window" if full else "quiz_beside"
    # Hidden in the full window, not left out: else the address would lose series and topics.
    with st.container(key=f"{place}_choice"):
        _choice_of_questions()
    score = SCORE.value
    with st.container(key=place):
        page, answers = st.columns([4, 1] if full else [7, 3], gap="medium")
        current = score.question
        outlined = current.leads if score.choice is not None else ()
        # Before that the title of the example would give the answer away.
        title = f": {current.example.title}, with {', '.join(outlined)} outlined" if outlined else ""
        with page, st.container(key=f"{place}_picture"):
            picture = cached_examples.drawn_picture(current.example, outlined)
            st.image(picture, width="stretch", alt=f"A simulated report{title}")
        with answers:
            _answers(score, current)
            st.toggle("Fill the window", key=LearnControls.quiz_full.key, help="The question alone, for a projector")
    if score.choice is not None and not full:
        _reading_on_demand(score, current)


def _choice_of_questions() -> None:
    """Offer a series and topics, which the address names, or a teacher's own set."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.number_input("Series", 1, SERIES_MAX, key=LearnControls.quiz_series.key, width=140, on_change=_start,
                        persist_state="session", bind="query-params",
                        help="The same number and topics always give the same questions; the page's address holds "
                        "both, so that it can be sent to a class.")  # fmt: skip
        st.pills("Topics", list(KINDS), key=LearnControls.quiz_topics.key, selection_mode="multi", on_change=_start,
                 persist_state="session", bind="query-params", help="None means all")  # fmt: skip
        with st.popover("Own questions", icon=":material/upload_file:"):
            st.file_uploader("Question set, CSV", type="csv", key=LearnControls.quiz_set.key, on_change=_start)
            st.download_button("Template, CSV", TEMPLATE, "ecg_questions.csv", "text/csv", on_click="ignore",
                               icon=":material/download:")  # fmt: skip
            st.caption("One line a question: a rhythm of the simulator, its rate, the question, choices between |, the "
                       "answer, an explanation. It stays in this session.")  # fmt: skip
    if (refused := REFUSED.value) is not None:
        st.warning(plain(refused), icon=":material/info:")
    wanted = tuple(learn_controls.quiz_topics)
    if not SCORE.value.own and (SCORE.value.series, SCORE.value.topics) != (learn_controls.quiz_series, wanted):
        _start()


def _answers(score: Score, current: Question) -> None:
    """Ask the current question, and explain it once it was answered."""
    of = f" of {len(score.own)}" if score.own else ""
    st.markdown(f"**Question {score.number}{of}: {current.text}**")
    answer = LearnControls.quiz_answer.numbered(score.series, score.number)
    st.radio("Your answer", current.choices, index=None, key=answer.key, disabled=score.choice is not None)
    if score.choice is None:
        st.button("Reveal", key="quiz_reveal", on_click=_reveal, args=(answer,), disabled=answer.value is None)
    else:
        _explanation(current, score.choice)
        if not score.is_last:
            st.button("Next question", key="quiz_next", icon=":material/arrow_forward:", on_click=_next)
    st.metric("Correct", f"{score.correct} of {score.answered}", width=140)


def _reading_on_demand(score: Score, current: Question) -> None:
    current_report.open_button(current.example, "open_question")
    if st.toggle("Show measurements and predictions", key=f"quiz_networks_{score.series}_{score.number}"):
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
    st.markdown(f"**Findings.** {plain(finding_tables.present(prediction))}")
    result = "correct" if combined.label == label else "wrong"
    outcome = f"the combined prediction, {combined.label}, is {result}" if shown.is_predicted else "none is predicted"
    st.caption(f"Simulated as {label}; {outcome}. The networks were trained on real reports.")


def _start() -> None:
    """Begin anew with the questions that were chosen."""
    REFUSED.clear()
    own: tuple[Question, ...] = ()
    if (upload := learn_controls.quiz_set) is not None:
        try:
            own = own_questions(upload.getvalue())
        except EcgImageError as refusal:
            REFUSED.set(refusal.message)
    SCORE.set(Score(series=learn_controls.quiz_series, topics=tuple(learn_controls.quiz_topics), own=own))


def _reveal(answer: Control[str | None]) -> None:
    assert answer.value is not None  # The button is disabled until then.
    SCORE.set(revealed(SCORE.value, answer.value))


def _next() -> None:
    SCORE.set(next_question(SCORE.value))
