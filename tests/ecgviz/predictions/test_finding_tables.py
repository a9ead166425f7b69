"""Findings in words: those present first, each with its figures; or the reasons why there are none."""

from dataclasses import replace

import pytest

from ecgviz.predictions import finding_tables
from ecgviz.words import finding_names
from models.classes import FINDINGS
from models.findings import findings_card
from models.serving import Prediction

NOTHING = Prediction({}, {}, ())


@pytest.fixture
def found():
    return replace(NOTHING, findings=dict.fromkeys(FINDINGS, 0.001) | {"atrial_fibrillation": 0.95})


def test_every_finding_has_a_title():
    assert set(finding_names.TITLES) == set(FINDINGS)


def test_what_is_present_comes_first_with_auroc_and_n(found):
    rows = finding_tables.rows(found)
    assert len(rows) == len(FINDINGS)
    title, probability, state, auroc, n = rows[0]
    figure = findings_card().figures["findings"]["atrial_fibrillation"]
    assert (title, probability, state) == ("Atrial fibrillation", "95%", "yes")
    assert auroc.startswith(f"{figure['auroc']:.2f} (")
    assert n == f"{figure['present']} of {figure['n']}"
    assert {row[2] for row in rows[1:]} == {"no"}
    assert finding_tables.present(found) == "Present: Atrial fibrillation."


def test_without_findings_the_reason_is_named():
    assert finding_tables.rows(NOTHING) == []
    apart = replace(NOTHING, findings_reasons=("unlike_training",))
    assert finding_tables.present(apart) == "No findings, because this report is unlike the training reports."


def test_the_caption_names_what_few_pages_show():
    assert "241 pages" in finding_tables.caption()
    assert "atrial flutter" in finding_tables.caption()
