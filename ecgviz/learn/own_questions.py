"""Question sets that a teacher writes: a CSV of simulated rhythms, each with a question, choices and the answer."""

from __future__ import annotations

import csv
import io

from ecgviz.learn.about_rhythms import RHYTHM_LESSONS
from ecgviz.learn.examples import Example
from ecgviz.learn.questions import Question
from ecgviz.words import plain
from preprocessing.errors import EcgImageError
from sample_images import RHYTHMS

COLUMNS = ("rhythm", "bpm", "question", "choices", "answer", "explanation")
BETWEEN_CHOICES = "|"
KIND = "Own"
# More would be a mistake: an hour of teaching takes a dozen.
MOST_QUESTIONS = 200
TEMPLATE = (
    ",".join(COLUMNS) + "\n"
    "atrial-fibrillation,90,What does the baseline show?,P waves | Sawtooth waves | No separate waves,"
    "No separate waves,Atrial activity is irregular\n"
    "acute-inferior-infarction,,Which artery is most often closed?,Left anterior descending | Right coronary | "
    "Circumflex,Right coronary,\n"
)


def own_questions(data: bytes) -> tuple[Question, ...]:
    """Read a question set; the place of a question is the seed of its page.

    Raises
    ------
    EcgImageError
        ``questions_unreadable``, with the line at fault.

    Examples
    --------
    >>> [question.answer for question in own_questions(TEMPLATE.encode())]
    ['No separate waves', 'Right coronary']
    """
    try:
        table = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
        rows = list(table)
    except (UnicodeDecodeError, csv.Error) as error:
        raise _unreadable("It is no CSV text") from error
    if not set(COLUMNS[2:5]) | {"rhythm"} <= set(table.fieldnames or ()):
        raise _unreadable(f"The first line must name the columns {', '.join(COLUMNS)}")
    if not 0 < len(rows) <= MOST_QUESTIONS:
        raise _unreadable(f"It has {len(rows)} questions, where 1 to {MOST_QUESTIONS} are taken")
    return tuple(_question(row, number) for number, row in enumerate(rows, start=1))


def _question(row: dict[str, str | None], number: int) -> Question:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    rhythm, line = cells["rhythm"], f"Line {number + 1}"
    if rhythm not in RHYTHMS:
        raise _unreadable(f"{line} has no rhythm of the simulator ({', '.join(RHYTHMS)})")
    choices = tuple(dict.fromkeys(choice.strip() for choice in cells["choices"].split(BETWEEN_CHOICES)))
    if len(choices) < 2 or cells["answer"] not in choices or not cells["question"]:
        raise _unreadable(f"{line} needs a question, two choices or more between {BETWEEN_CHOICES}, and one of them as "
                          "the answer")  # fmt: skip
    rates = RHYTHM_LESSONS[rhythm].rates_bpm
    bpm = cells["bpm"]
    if bpm and not (bpm.isdecimal() and rates is not None and rates[0] <= int(bpm) <= rates[-1]):
        usual = "has no rate to choose" if rates is None else f"has {rates[0]} to {rates[-1]} bpm"
        raise _unreadable(f"{line} has a rate that cannot be simulated: {rhythm} {usual}")
    example = Example(rhythm, int(bpm) if bpm else None, seed=number)
    leads = RHYTHM_LESSONS[rhythm].leads
    text, answer, explanation = (plain(cells[name]) for name in ("question", "answer", "explanation"))
    return Question(KIND, text, example, tuple(map(plain, choices)), answer, explanation, leads)


def _unreadable(why: str) -> EcgImageError:
    return EcgImageError("questions_unreadable", f"The question set was not read. {why}.")
