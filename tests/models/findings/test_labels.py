"""Statements of PTB-XL and simulated rhythms become findings that are present, absent or unknown."""

from models.classes import FINDINGS
from models.findings import targets_of_codes, targets_of_rhythm
from sample_images import RHYTHMS


def present(targets):
    return {name for name, value in targets.items() if value == 1}


def unknown(targets):
    return {name for name, value in targets.items() if value == -1}


def test_a_likely_infarction_is_present_in_its_territory_alone():
    found = targets_of_codes({"IMI": 100.0, "ASMI": 0.0, "SR": 0.0})
    assert {"any_infarction", "inferior_infarction"} <= present(found)
    assert "anterior_infarction" in unknown(found)


def test_an_unlikely_infarction_counts_only_where_its_age_is_stated():
    codes = {"ASMI": 35.0}
    assert {"any_infarction", "anterior_infarction"} <= unknown(targets_of_codes(codes))
    assert {"any_infarction", "anterior_infarction"} <= present(targets_of_codes(codes, staged=True))


def test_injury_alone_is_a_change_of_st_and_no_certain_infarction():
    found = targets_of_codes({"INJAS": 100.0})
    assert "st_t_change" in present(found)
    assert "any_infarction" in unknown(found)


def test_incomplete_blocks_count_neither_way():
    assert {"left_bundle_branch_block"} <= unknown(targets_of_codes({"ILBBB": 100.0}))
    assert {"right_bundle_branch_block"} <= unknown(targets_of_codes({"IRBBB": 100.0}))


def test_a_record_without_any_rhythm_leaves_sinus_rhythm_unknown():
    assert "sinus_rhythm" in unknown(targets_of_codes({"NORM": 100.0}))
    assert targets_of_codes({"AFIB": 0.0})["sinus_rhythm"] == 0


def test_every_simulated_rhythm_says_something_of_every_finding():
    for rhythm in RHYTHMS:
        found = targets_of_rhythm(rhythm)
        assert tuple(found) == FINDINGS
        assert present(found) or rhythm.startswith("ventricular-")
        assert ("normal" in present(found)) == (rhythm == "normal-sinus")
