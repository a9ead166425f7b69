"""A teacher's question set: what it holds, and why a line is refused."""

import pytest

from ecgviz.learn.own_questions import COLUMNS, TEMPLATE, own_questions
from ecgviz.learn.questions import KINDS, Score, next_question, question, revealed
from preprocessing.errors import EcgImageError

HEAD = ",".join(COLUMNS)


def test_the_template_is_a_question_set():
    first, second = own_questions(TEMPLATE.encode())
    assert (first.example.rhythm, first.example.heart_rate_bpm) == ("atrial-fibrillation", 90)
    assert first.choices == ("P waves", "Sawtooth waves", "No separate waves")
    assert second.example.heart_rate_bpm is None
    assert first.example.seed != second.example.seed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\udcff", "no CSV"),
        ("a,b\n1,2\n", "must name the columns"),
        (HEAD, "0 questions"),
        (f"{HEAD}\nno-rhythm,,Q?,a | b,a,", "Line 2 has no rhythm"),
        (f"{HEAD}\nnormal-sinus,,Q?,a | b,c,", "one of them as the answer"),
        (f"{HEAD}\nnormal-sinus,,Q?,a,a,", "two choices"),
        (f"{HEAD}\nnormal-sinus,500,Q?,a | b,a,", "cannot be simulated"),
    ],
)
def test_what_is_no_question_set_is_refused_with_its_reason(text, words):
    with pytest.raises(EcgImageError, match=words) as refusal:
        own_questions(text.encode("utf-8", "surrogateescape"))
    assert refusal.value.code == "questions_unreadable"


def test_own_questions_come_in_order_and_end():
    score = Score(own=own_questions(TEMPLATE.encode()))
    assert not score.is_last
    score = next_question(revealed(score, "No separate waves"))
    assert (score.correct, score.question.answer, score.is_last) == (1, "Right coronary", True)


def test_only_the_topics_chosen_are_asked():
    kinds = {question(3, number, ("Rate", "Site")).kind for number in range(1, 7)}
    assert kinds == {"Rate", "Site"}
    assert {question(3, number).kind for number in range(1, 5)} == set(KINDS)
