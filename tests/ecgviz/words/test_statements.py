"""Statements of a recorder beside what is measured here."""

from dataclasses import replace

import pytest

from ecgviz.words import MISSING, statements
from ecgviz.words.statements import AGREES, DIFFERS
from preprocessing.lettering import STATEMENTS_KNOWN, PrintedBlock, Statements
from preprocessing.measuring import Measured
from tests.studies import study_of


def said(*read: str, unread_n: int = 0, **values: float | str):
    """Return a study whose page prints statements, with some measured values."""
    study = study_of("edan_normal")
    given = {name: Measured(value, getattr(study.measurements, name).unit, "a test") for name, value in values.items()}
    study = replace(study, measurements=replace(study.measurements, **given))
    study.__dict__["printed"] = PrintedBlock(statements=Statements(read, unread_n))
    return study


@pytest.mark.parametrize(
    ("statement", "measured", "agreement"),
    [
        ("Sinus Tachycardia", {"heart_rate_bpm": 126.0}, AGREES),
        ("Sinus Tachycardia", {"heart_rate_bpm": 99.0}, DIFFERS),
        ("Sinus Bradycardia", {"heart_rate_bpm": 48.0}, AGREES),
        ("Atrial Fibrillation", {"rhythm": "irregular"}, AGREES),
        ("Atrial Fibrillation", {"rhythm": "regular"}, DIFFERS),
        ("First-degree Atrioventricular Block", {"pr_ms": 228.0}, AGREES),
        ("Complete Right Bundle Branch Block", {"qrs_ms": 96.0}, DIFFERS),
        ("Left Axis Deviation", {"axis_deg": -45.0}, AGREES),
    ],
)
def test_a_statement_about_a_measurement_is_compared_with_it(statement, measured, agreement):
    ((shown, here, found),) = statements.rows(said(statement, **measured))
    assert (shown, found) == (statement, agreement)
    assert here != MISSING


def test_a_statement_about_nothing_measured_stands_alone():
    assert statements.rows(said("Inverted T Wave")) == [("Inverted T Wave", MISSING, MISSING)]


def test_every_claim_is_one_of_the_statements():
    assert {*statements.CLAIMS, *statements.IRREGULAR} <= set(STATEMENTS_KNOWN)


def test_lines_that_were_not_read_are_counted():
    assert "Not read" not in statements.note(said("Sinus Rhythm"))
    assert statements.note(said("Sinus Rhythm", unread_n=2)).endswith("Not read: 2 further lines.")
