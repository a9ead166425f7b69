"""ST and morphology in a report: the map, the criteria with their sources, the waves, and doubts."""

from dataclasses import replace

from ecgviz.export.report.blocks import Table, Words
from ecgviz.export.report.morphology import NOT_MEASURED, morphology_blocks
from ecgviz.words import criteria
from preprocessing.errors import Notice
from tests.studies import study_of


def test_the_part_shows_map_criteria_and_waves():
    study = study_of("edan_lbbb")
    blocks = morphology_blocks(study)
    tables = [block for block in blocks if isinstance(block, Table)]
    assert [len(table.rows) for table in tables] == [len(criteria.WALLS), 11, 12]
    assert all(len(row) == len(table.head) == len(table.widths) for table in tables for row in table.rows)
    assert all(abs(sum(table.widths) - 1) < 1e-9 for table in tables)
    found = {row[0]: row for row in tables[1].rows}
    assert found["Left bundle branch block"][1] == "met"
    assert "part III" in found["Left bundle branch block"][2]
    assert Words(criteria.NOT_DIAGNOSES, "small") in blocks


def test_doubted_voltages_are_marked():
    study = study_of("edan_lbbb")
    doubted = replace(study, layout=replace(study.layout, notices=(Notice("gain_assumed", ""),)))
    warning, *others = morphology_blocks(doubted)
    assert warning.kind == "warning"
    states = [row[1] for block in others if isinstance(block, Table) for row in block.rows if len(block.head) == 3]
    assert "met, provisional" in states


def test_without_a_beat_the_part_gives_the_reason():
    assert morphology_blocks(study_of("vt_half_gain")) == [Words(NOT_MEASURED)]
