"""Rows of a batch: the reading's values, the verdict of each model, and whether models agree."""

from dataclasses import replace

import pytest

from ecgviz.batch.rows import counted, models_in, row_of
from ecgviz.study import reading_from, refusal
from models.networks import MODEL_KEYS
from preprocessing.errors import EcgImageError
from tests.quick_reading import quick_study, report

REFUSED = row_of(refusal("x.png", None, EcgImageError("not_an_ecg", 'No "trace", here;\nopen a report.')))


def reading(networks=True):
    return reading_from(quick_study(report(1), "a.png", with_models=networks))


@pytest.fixture
def row():
    return row_of(reading())


def test_a_row_has_the_values_of_its_reading():
    whole = reading()
    row = row_of(whole, "ecg_1.html")
    assert (row.file, row.status, row.sha256, row.report) == ("a.png", "read", whole["sha256"], "ecg_1.html")
    assert (row.layout, row.order) == (whole["layout"]["name"], "standard")
    assert (row.speed_mm_s, row.gain_mm_mv, row.scale_from) == (25.0, 10.0, "grid")
    for name in ("heart_rate_bpm", "rhythm", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "axis_deg"):
        assert getattr(row, name) == whole["measurements"][name] is not None
    predicted = {key: verdict for key, verdict in whole["models"].items() if verdict}
    assert row.verdicts.keys() == predicted.keys()
    for key, verdict in predicted.items():
        for name in ("label", "confidence", "abstains", "state", "version"):
            assert getattr(row.verdicts[key], name) == verdict[name]
        assert list(row.verdicts[key].probabilities) == verdict["probabilities"]
    assert row.combined == row.verdicts["ensemble"]
    assert row.findings == ("Sinus rhythm",)
    assert row.refusal is row.message is row.label is None


def test_networks_agree_where_all_find_the_same_class(row):
    networks = [key for key in row.verdicts if key != "ensemble"]
    assert len(networks) >= 2
    assert len({row.verdicts[key].label for key in networks}) == 2
    assert row.agree() is False
    same = {key: replace(verdict, label="Normal") for key, verdict in row.verdicts.items()}
    assert replace(row, verdicts=same).agree() is True
    # The ensemble is no network, but can be compared with one.
    same["ensemble"] = replace(same["ensemble"], label="History of MI")
    assert replace(row, verdicts=same).agree() is True
    assert replace(row, verdicts=same).agree(("ensemble", networks[0])) is False


def test_fewer_than_two_models_neither_agree_nor_disagree(row):
    assert REFUSED.agree() is None
    assert row.agree(("ensemble",)) is None


def test_without_networks_there_are_no_verdicts():
    row = row_of(reading(networks=False))
    assert not row.verdicts
    assert row.combined is row.agree() is row.findings is None


def test_a_refusal_has_its_code_and_its_sentence():
    assert (REFUSED.status, REFUSED.refusal) == ("refused", "not_an_ecg")
    assert REFUSED.layout is REFUSED.combined is REFUSED.sha256 is None


def test_models_are_listed_in_the_order_in_which_they_are_shown(row):
    assert models_in([REFUSED]) == []
    found = models_in([REFUSED, replace(row, verdicts=dict(reversed(row.verdicts.items())))])
    assert found == [key for key in MODEL_KEYS if key in row.verdicts]


def test_counts(row):
    rows = [row, REFUSED, replace(REFUSED, duplicate_of="x.png")]
    assert counted(rows) == {"files": 3, "read": 1, "refused": 2, "duplicates": 1}
