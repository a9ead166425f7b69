"""Each question has one correct answer, given by the simulated truth, and counts once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecgviz.learn import examples, questions
from ecgviz.learn.questions import KINDS, RATE_BANDS, SITES, Score, next_question, question, revealed
from models.classes import CLASSES
from sample_images import LEADS, RHYTHMS, simulate

NUMBERS = st.integers(1, 9999), st.integers(1, 500)


@given(*NUMBERS)
def test_a_question_is_always_the_same_and_its_answer_is_among_the_choices(series, number):
    one = question(series, number)
    assert one == question(series, number)
    assert one.choices.count(one.answer) == 1
    assert len(set(one.choices)) == len(one.choices) >= 3
    assert set(one.leads) <= set(LEADS)
    assert one.explanation


@given(*NUMBERS)
def test_the_answer_is_the_simulated_truth(series, number):
    one = question(series, number)
    drawn = RHYTHMS[one.example.rhythm]
    bpm = simulate(one.example.rhythm, one.example.heart_rate_bpm, one.example.seed,
                   noise=examples.NOISES[one.example.noise]).heart_rate_bpm  # fmt: skip
    if one.kind == "Rhythm":
        assert one.answer == drawn.title
    elif one.kind == "Class":
        assert one.answer == drawn.label
    elif one.kind == "Rate":
        assert one.answer == RATE_BANDS[0 if bpm < 60 else 1 if bpm <= 100 else 2]
        assert min(abs(bpm - 60), abs(bpm - 100)) >= questions.CLEAR_OF_LIMIT_BPM
    else:
        infarcted = drawn.label in CLASSES[2:]
        assert (one.answer == SITES[2]) == (not infarcted)
        assert not infarcted or one.answer == SITES["inferior" in one.example.rhythm]


@given(*NUMBERS)
def test_no_other_choice_fits_as_well(series, number):
    one = question(series, number)
    if one.kind != "Rhythm":
        return
    rate = one.example.heart_rate_bpm
    slow, fast = (RHYTHMS[name].title for name in ("sinus-bradycardia", "sinus-tachycardia"))
    if rate is not None and one.answer not in (slow, fast, RHYTHMS["ventricular-tachycardia"].title):
        assert 60 <= rate <= 100


def test_four_questions_show_every_kind():
    assert {question(1, number).kind for number in range(1, 5)} == set(KINDS)


def test_series_differ():
    assert [question(1, number) for number in range(1, 9)] != [question(2, number) for number in range(1, 9)]


def test_an_answer_counts_once():
    answer = question(3, 1).answer
    score = revealed(Score(series=3), answer)
    assert (score.correct, score.answered, score.choice) == (1, 1, answer)
    assert revealed(score, answer) == score
    onward = next_question(score)
    assert (onward.number, onward.choice, onward.answered) == (2, None, 1)


@pytest.mark.parametrize("number", range(1, 5))
def test_a_wrong_answer_counts_as_answered_only(number):
    one = question(4, number)
    wrong = next(choice for choice in one.choices if choice != one.answer)
    score = revealed(Score(series=4, number=number), wrong)
    assert (score.correct, score.answered) == (0, 1)
