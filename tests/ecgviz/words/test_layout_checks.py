"""Each check of a layout has its words."""

from dataclasses import replace

from ecgviz.words.layout_checks import AGREES, CHECKS, DISAGREES, OPEN, check_rows, why_here
from preprocessing.leads import layout_at
from tests.studies import study_of


def test_every_check_of_a_page_is_a_row_with_its_verdict():
    layout = study_of("edan_normal").layout
    rows = check_rows(layout)
    assert [row["Check"] for row in rows] == [CHECKS[key][0] for key in layout.evidence.checks]
    verdicts = {True: AGREES, None: OPEN, False: DISAGREES}
    assert [row["On this page"] for row in rows] == [verdicts[one] for one in layout.evidence.checks.values()]


def test_the_sentence_counts_what_was_found():
    layout = study_of("edan_normal").layout
    words = why_here(layout)
    assert words.startswith("4 rows of trace; 4 columns, parted by printed lines or gaps.")
    undivided = replace(layout, evidence=replace(layout.evidence, divided=False, pulses=()))
    assert "split evenly" in why_here(undivided)
    assert "No calibration pulse" in why_here(undivided)


def test_a_layout_by_hand_has_no_checks():
    assert check_rows(layout_at("3x4", (0, 1, 2, 3, 4), (0, 1, 2, 3))) == []
