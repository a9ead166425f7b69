"""Quiz questions about simulated reports of known truth, generated from a random seed, and the score of a player."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ecgviz.learn import examples
from ecgviz.learn.about_rhythms import RHYTHM_LESSONS
from ecgviz.learn.examples import Example
from models.classes import CLASSES
from sample_images import RHYTHMS, simulate

RATE_BANDS = ("Below 60 bpm", "60 to 100 bpm", "Above 100 bpm")
# Rates closer to a limit than this are not used: they cannot be counted that exactly on paper.
CLEAR_OF_LIMIT_BPM = 5.0
SITES = ("Anterior wall", "Inferior wall", "No infarction")
RHYTHM_NAMES = tuple(name for name, kind in RHYTHMS.items() if kind.label in CLASSES[:2])
CHOICES = 4
LAYOUTS, GRIDS = ("3x4+1", "3x4+1", "6x2+1"), ("red", "red", "blue", "green", "grey")


@dataclass(frozen=True)
class Question:
    """A simulated page and a question about it; `leads` are outlined once the answer is revealed."""

    kind: str
    text: str
    example: Example
    choices: tuple[str, ...]
    answer: str
    explanation: str
    leads: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """The score of a player in a series; `choice` is the answer to the current question, once revealed.

    `topics` are the kinds that are asked, none for all. `own` is a teacher's question set, which then comes instead.
    """

    series: int = 1
    number: int = 1
    correct: int = 0
    answered: int = 0
    choice: str | None = None
    topics: tuple[str, ...] = ()
    own: tuple[Question, ...] = ()

    @property
    def question(self) -> Question:
        """The current question."""
        if self.own:
            return self.own[self.number - 1]
        return question(self.series, self.number, self.topics)

    @property
    def is_last(self) -> bool:
        """Whether no question follows; a series has no end."""
        return bool(self.own) and self.number == len(self.own)


def revealed(score: Score, choice: str) -> Score:
    """Count an answer, once per question.

    Examples
    --------
    >>> score = revealed(Score(series=3), question(3, 1).answer)
    >>> score.correct, score.answered
    (1, 1)
    """
    if score.choice is not None:
        return score
    correct = score.question.answer == choice
    return replace(score, choice=choice, answered=score.answered + 1, correct=score.correct + correct)


def next_question(score: Score) -> Score:
    """Go on to the next question."""
    return replace(score, number=score.number + 1, choice=None)


def question(series: int, number: int, topics: Sequence[str] = ()) -> Question:
    """Return one question of a series: always the same one for the same numbers and topics."""
    rng = np.random.default_rng((series, number))
    # The kinds take turns: four questions show all of them.
    kinds = [kind for kind in KINDS if kind in topics or not topics]
    kind = kinds[(number - 1 + series) % len(kinds)]
    return KINDS[kind](rng, kind)


def _page(rng: np.random.Generator, rhythm: str, rates_bpm: range | None) -> Example:
    """Simulate one page of a rhythm, at one of its rates."""
    rate = None if rates_bpm is None else int(rng.choice(rates_bpm))
    return Example(
        rhythm, rate, "usual", str(rng.choice(LAYOUTS)), str(rng.choice(GRIDS)), seed=int(rng.integers(1, 10_000))
    )


def _rhythm(rng: np.random.Generator, kind: str) -> Question:
    rhythm = str(rng.choice(RHYTHM_NAMES))
    lesson = RHYTHM_LESSONS[rhythm]
    others = rng.choice([name for name in RHYTHM_NAMES if name != rhythm], CHOICES - 1, replace=False)
    choices = [RHYTHMS[name].title for name in (rhythm, *others)]
    rng.shuffle(choices)
    example = _page(rng, rhythm, _unambiguous(rhythm))
    text, explanation = "Which rhythm is this?", f"{lesson.signs} {lesson.mechanism}"
    return Question(kind, text, example, tuple(choices), RHYTHMS[rhythm].title, explanation, lesson.leads)


def _unambiguous(rhythm: str) -> range | None:
    """Return the rates with one correct answer: only tachycardia and bradycardia are fast or slow."""
    rates = RHYTHM_LESSONS[rhythm].rates_bpm
    if rates is None or rhythm in ("sinus-tachycardia", "sinus-bradycardia", "ventricular-tachycardia"):
        return rates
    usual = [rate for rate in rates if 64 <= rate <= 100]
    return range(usual[0], usual[-1] + 1, rates.step)


def _rate(rng: np.random.Generator, kind: str) -> Question:
    names = ("normal-sinus", "sinus-tachycardia", "sinus-bradycardia", "atrial-fibrillation", "first-degree-block")
    while True:
        rhythm = str(rng.choice(names))
        example = _page(rng, rhythm, RHYTHM_LESSONS[rhythm].rates_bpm)
        recording = simulate(rhythm, example.heart_rate_bpm, example.seed, noise=examples.NOISES[example.noise])
        bpm = recording.heart_rate_bpm
        if bpm is not None and min(abs(bpm - 60), abs(bpm - 100)) >= CLEAR_OF_LIMIT_BPM:
            break
    answer = RATE_BANDS[int(bpm > 60) + int(bpm > 100)]
    squares = 300 / bpm
    explanation = (
        f"The simulated beats give {bpm:.0f} bpm. At 25 mm/s a large square is 200 ms, so the rate is 300 divided by "
        f"the number of large squares between two R waves: here about {squares:.1f}. If the rhythm is irregular, count "
        "the beats on a strip of ten seconds and multiply by six."
    )
    return Question(kind, "What is the heart rate?", example, RATE_BANDS, answer, explanation, ("II",))


def _class(rng: np.random.Generator, kind: str) -> Question:
    label = str(rng.choice(CLASSES))
    rhythm = str(rng.choice([name for name, drawn in RHYTHMS.items() if drawn.label == label]))
    lesson = RHYTHM_LESSONS[rhythm]
    explanation = f"{RHYTHMS[rhythm].title}. {lesson.signs}"
    text = "Which of the four classes does it belong to?"
    example = _page(rng, rhythm, _unambiguous(rhythm))
    return Question(kind, text, example, CLASSES, label, explanation, lesson.leads)


def _site(rng: np.random.Generator, kind: str) -> Question:
    site = int(rng.integers(len(SITES)))
    named = ("anterior", "inferior")
    if site < len(named):
        rhythm = str(rng.choice([name for name in RHYTHMS if f"{named[site]}-infarction" in name]))
    else:
        rhythm = str(rng.choice(["normal-sinus", "right-bundle-branch-block", "first-degree-block"]))
    lesson = RHYTHM_LESSONS[rhythm]
    explanation = f"{RHYTHMS[rhythm].title}. {lesson.signs}"
    if rhythm.startswith("acute"):
        shifts = examples.st_shifts_mv(rhythm)
        simulated = ", ".join(f"{lead} {shifts[lead]:+.2f} mV" for lead in lesson.leads)
        explanation += f" Simulated ST shift: {simulated}."
    text = "Where is the infarction, acute or old?"
    example = _page(rng, rhythm, _unambiguous(rhythm))
    return Question(kind, text, example, SITES, SITES[site], explanation, lesson.leads)


KINDS: dict[str, Callable[[np.random.Generator, str], Question]] = {
    "Rhythm": _rhythm,
    "Rate": _rate,
    "Class": _class,
    "Site": _site,
}
