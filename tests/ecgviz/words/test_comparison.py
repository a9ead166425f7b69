"""Two reports in words: differences of the shown values, and what one of them lacks."""

from dataclasses import replace

from ecgviz.words import comparison
from ecgviz.words.measured import MISSING
from preprocessing.errors import Notice
from tests.studies import study_of


def by_name(first, second):
    return {name: others for name, *others in comparison.rows(first, second)}


def test_a_report_compared_with_itself_differs_in_nothing():
    study = study_of("edan_normal")
    rows = by_name(study, study)
    assert {difference for *_, difference in rows.values()} == {comparison.SAME}
    assert sum(name.startswith("ST ") for name in rows) == 12


def test_differences_are_second_minus_first():
    first, second = study_of("edan_normal"), study_of("edan_acute_inferior")
    rows = by_name(first, second)
    one, two, difference = rows["Heart rate"]
    assert int(two.split()[0]) - int(one.split()[0]) == int(difference.split()[0].replace("\N{MINUS SIGN}", "-"))
    assert float(rows["ST III, J+60 ms"][2].split()[0]) > 0.2
    assert rows["Rhythm"] == ["Regular", "Regular", "same"]


def test_what_one_report_lacks_has_no_difference():
    first, second = study_of("edan_normal"), study_of("vt_half_gain")
    assert by_name(first, second)["PR"][2] == MISSING
    assert not [name for name in by_name(first, second) if name.startswith("ST ")]


def test_a_provisional_value_is_marked_in_its_own_column():
    study = study_of("edan_normal")
    doubted = replace(study, layout=replace(study.layout, notices=(Notice("gain_assumed", ""),)))
    one, two, _ = by_name(study, doubted)["ST V2, J+60 ms"]
    assert not one.startswith("\N{ALMOST EQUAL TO}")
    assert two.startswith("\N{ALMOST EQUAL TO}")
