"""Questions about drawn reports whose truth is known, drawn from a series' number, and how a learner stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ecgviz.learn import examples
from ecgviz.learn.about_rhythms import RHYTHM_LESSONS
from ecgviz.learn.examples import Example
from models.classes import CLASSES
from sample_images import RHYTHMS, simulate

RATE_BANDS = ("Below 60 a minute", "60 to 100 a minute", "Above 100 a minute")
# A rate nearer than this to a limit is not asked for: nobody could count that closely on paper.
CLEAR_OF_LIMIT_BPM = 5.0
PLACES = ("Front wall (anterior)", "Lower wall (inferior)", "No infarction is drawn")
SHAPES = tuple(name for name, kind in RHYTHMS.items() if kind.label in CLASSES[:2])
CHOICES = 4
LAYOUTS, GRIDS = ("3x4+1", "3x4+1", "6x2+1"), ("red", "red", "blue", "green", "grey")


@dataclass(frozen=True)
class Question:
    """A drawn page and what is asked of it; `look_at` are leads to mark when the answer is shown."""

    kind: str
    asked: str
    example: Example
    choices: tuple[str, ...]
    answer: str
    why: str
    look_at: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """How far a learner is in a series; `said` is the answer to the question now shown, once revealed."""

    series: int = 1
    number: int = 1
    right: int = 0
    answered: int = 0
    said: str | None = None


def revealed(standing: Standing, said: str) -> Standing:
    """Count an answer, once a question."""
    if standing.said is not None:
        return standing
    hit = question(standing.series, standing.number).answer == said
    return replace(standing, said=said, answered=standing.answered + 1, right=standing.right + hit)


def following(standing: Standing) -> Standing:
    """Go on to the next question."""
    return replace(standing, number=standing.number + 1, said=None)


def question(series: int, number: int) -> Question:
    """Return one question of a series: always the same one."""
    rng = np.random.default_rng((series, number))
    # Every kind comes up in turn, so that four questions show all of them.
    kind = list(KINDS)[(number - 1 + series) % len(KINDS)]
    return KINDS[kind](rng, kind)


def _page(rng: np.random.Generator, rhythm: str, rates_bpm: range | None) -> Example:
    """Draw one page of a rhythm, at one of its rates."""
    rate = None if rates_bpm is None else int(rng.choice(rates_bpm))
    return Example(
        rhythm, rate, "usual", str(rng.choice(LAYOUTS)), str(rng.choice(GRIDS)), seed=int(rng.integers(1, 10_000))
    )


def _rhythm(rng: np.random.Generator, kind: str) -> Question:
    rhythm = str(rng.choice(SHAPES))
    lesson = RHYTHM_LESSONS[rhythm]
    others = rng.choice([name for name in SHAPES if name != rhythm], CHOICES - 1, replace=False)
    choices = [RHYTHMS[name].title for name in (rhythm, *others)]
    rng.shuffle(choices)
    example = _page(rng, rhythm, _unmistakable(rhythm))
    why = f"{lesson.seen} {lesson.why}"
    return Question(kind, "Which rhythm is drawn?", example, tuple(choices), RHYTHMS[rhythm].title, why, lesson.look_at)


def _unmistakable(rhythm: str) -> range | None:
    """Return rates that leave one right answer: what is not called fast or slow is neither."""
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
    why = (
        f"Counted on the beats drawn it is {bpm:.0f} a minute. At 25 mm/s a big square is 200 ms, and 300 over the "
        f"big squares between two R waves is the rate: here about {squares:.1f} squares. Where beats are irregular, "
        "count those of the whole strip of ten seconds and take six times as many."
    )
    return Question(kind, "How fast does this heart beat?", example, RATE_BANDS, answer, why, ("II",))


def _finding(rng: np.random.Generator, kind: str) -> Question:
    label = str(rng.choice(CLASSES))
    rhythm = str(rng.choice([name for name, drawn in RHYTHMS.items() if drawn.label == label]))
    lesson = RHYTHM_LESSONS[rhythm]
    why = f"Drawn is: {RHYTHMS[rhythm].title.lower()}. {lesson.seen}"
    asked = "Which of the four classes is it drawn for?"
    return Question(kind, asked, _page(rng, rhythm, _unmistakable(rhythm)), CLASSES, label, why, lesson.look_at)


def _place(rng: np.random.Generator, kind: str) -> Question:
    place = int(rng.integers(len(PLACES)))
    named = ("anterior", "inferior")
    if place < len(named):
        rhythm = str(rng.choice([name for name in RHYTHMS if f"{named[place]}-infarction" in name]))
    else:
        rhythm = str(rng.choice(["normal-sinus", "right-bundle-branch-block", "first-degree-block"]))
    lesson = RHYTHM_LESSONS[rhythm]
    why = f"Drawn is: {RHYTHMS[rhythm].title.lower()}. {lesson.seen}"
    if rhythm.startswith("acute"):
        shifts = examples.st_shifts_mv(rhythm)
        drawn = ", ".join(f"{lead} {shifts[lead]:+.2f} mV" for lead in lesson.look_at)
        why += f" The ST segments were drawn shifted by {drawn}."
    asked = "Where is the infarction, old or new?"
    return Question(kind, asked, _page(rng, rhythm, _unmistakable(rhythm)), PLACES, PLACES[place], why, lesson.look_at)


KINDS: dict[str, Callable[[np.random.Generator, str], Question]] = {
    "Rhythm": _rhythm,
    "Rate": _rate,
    "Class": _finding,
    "Place": _place,
}
