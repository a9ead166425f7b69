"""Statements of a recorder: read among a closed list below their heading, or not at all."""

import numpy as np
import pytest

from preprocessing.lettering import read_block
from preprocessing.lettering.config import STATEMENTS
from preprocessing.lettering.printed_line import as_block
from preprocessing.lettering.printed_statements import STATEMENTS_KNOWN, Statements, edits, statements_among
from preprocessing.lettering.statement_words import HEADING
from sample_images import PageStyle, Text, draw_page, simulate

SAID = ("Sinus Tachycardia", "Inverted T Wave", "Incomplete Right Bundle Branch Block")


class Line:
    """A line of print that is read as written."""

    def __init__(self, text: str, left_px: float, baseline_px: float) -> None:
        self.text, self.left_px, self.baseline_px, self.capital_px = as_block(text), left_px, baseline_px, 10.0

    def read(self, lower: float = 0.0, size: float = 1.0) -> tuple[str, np.ndarray]:
        return self.text, np.ones(len(self.text))


class Row:
    """One line on a row of its own."""

    def __init__(self, line: Line) -> None:
        self.groups = [line]


def column(*texts: str, left_px: float = 520.0) -> list[Row]:
    """Return a heading with lines below it."""
    heading = Row(Line(HEADING, 510.0, 100.0))
    return [heading, *(Row(Line(text, left_px, 120.0 + 20 * number)) for number, text in enumerate(texts))]


@pytest.mark.parametrize("statement", [*SAID, "Low T Wave", "Possible Left Atrial Enlargement", "Normal ECG"])
def test_a_statement_is_read_as_itself(statement):
    assert statements_among(column(statement)) == Statements((statement,))


def test_no_two_statements_are_so_alike_that_none_leads():
    plain = [as_block(one) for one in STATEMENTS_KNOWN]
    for number, one in enumerate(plain):
        others = edits(one, plain, is_open=False)
        assert np.delete(others, number).min() > STATEMENTS.least_lead


def test_leads_behind_a_statement_do_not_change_it():
    assert statements_among(column("Inverted T Wave(V3,V4,V5)")).read == ("Inverted T Wave",)


@pytest.mark.parametrize("text", ["Consult a physician", "v1 25 c", "Ventricular Hypertrophy"])
def test_what_is_no_statement_or_may_be_two_is_counted_as_not_read(text):
    assert statements_among(column("Sinus Rhythm", text)) == Statements(("Sinus Rhythm",), 1)


def test_without_a_heading_nothing_is_read():
    assert statements_among(column("Sinus Rhythm")[1:]) == Statements()


def test_lines_elsewhere_are_no_statements():
    assert statements_among(column("Sinus Rhythm", left_px=900.0)) == Statements()
    below_a_gap = [*column("Sinus Rhythm"), Row(Line("Sinus Bradycardia", 520.0, 300.0))]
    assert statements_among(below_a_gap).read == ("Sinus Rhythm",)


def test_edits_count_what_is_left_out_put_in_and_replaced():
    assert edits("abd", ["abcd", "abd", "xbd", "abdd"], is_open=False).tolist() == [1, 0, 1, 1]
    assert edits("abdv1", ["abd"], is_open=False).tolist() == [2]
    assert edits("", ["abc"], is_open=True).tolist() == [3]


def test_statements_are_read_from_a_drawn_page():
    lines = (f"{HEADING}:", *SAID)
    texts = tuple(Text(line, 100 if row else 96, 8 + 5 * row, 3.2) for row, line in enumerate(lines))
    style = PageStyle(dpi=200, texts=texts, chart_mm=(6.0, 40.0, 291.0, 200.0))
    found = read_block(draw_page(simulate(seed=5), style).image, style.px_per_mm).statements
    assert set(found.read) <= set(SAID)
    assert len(found.read) >= 2
