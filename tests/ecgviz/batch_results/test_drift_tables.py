"""Drift against the training reports: none on themselves, much on others, and too few say nothing."""

import json
from dataclasses import replace

import numpy as np
import pytest

from ecgviz.batch import Done
from ecgviz.batch_results import drift_tables
from tests.ecgviz.batch_results.test_labelled import row

RNG = np.random.default_rng(0)


def reading(heart_rate: float, layout: str = "3x4+1") -> dict:
    measured = dict.fromkeys(
        ("rr_spread_ms", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "axis_deg"), float(RNG.normal(100, 10))
    )
    waves = {"r_mv": 1.0, "s_mv": -0.2, "t_mv": None, "st_j_mv": float(RNG.normal())}
    return {
        "layout": {"name": layout},
        "measurements": {"heart_rate_bpm": heart_rate, **measured},
        "leads": [
            {**waves, "quality": 1.0, "signal": "good"},
            {**waves, "r_mv": None, "quality": 0.5, "signal": "flat"},
        ],
        "page": {"px_per_mm_x": 8.0},
    }


def done(number: int, heart_rate: float, layout: str = "3x4+1") -> Done:
    return Done(row(number, None, 0, 0, layout=layout), json.dumps(reading(heart_rate, layout)), b"")


@pytest.fixture
def training(monkeypatch):
    reference = drift_tables.reference_of([reading(60 + rate % 40) for rate in range(200)])
    monkeypatch.setattr(drift_tables, "reference", lambda: reference)
    return reference


def test_values_are_kept_sorted_each_on_its_own(training):
    assert (training.n, training.layouts) == (200, {"3x4+1": 200})
    assert all(values == sorted(values) for values in training.values.values())
    assert training.values["T, mV, median of leads"] == []
    assert set(training.values["Leads without a good signal"]) == {1.0}
    assert set(training.values["Lead quality, mean"]) == {0.75}


def test_reports_like_the_training_set_show_no_drift_of_the_heart_rate(training):
    table = drift_tables.drift_table([done(n, 60 + n % 40) for n in range(120)]).set_index("value")
    assert table.loc["Heart rate, bpm", "shift"] == table.loc["Layout", "shift"] == "none"
    assert table.loc["Heart rate, bpm", "p"] > 0.05
    assert (table.loc["Heart rate, bpm", "training_n"], table.loc["Heart rate, bpm", "batch_n"]) == (200, 120)
    # Confidences are compared with those on held-out training reports.
    assert table.loc["Confidence of Combined", "batch_n"] == 120


def test_faster_hearts_and_another_layout_are_large_shifts(training):
    table = drift_tables.drift_table([done(n, 130 + n % 40, "6x2") for n in range(60)]).set_index("value")
    assert table.loc["Heart rate, bpm", ["shift", "ks"]].tolist() == ["large", 1.0]
    assert table.loc["Heart rate, bpm", "p"] < 1e-6
    assert table.loc["Layout", "shift"] == "large"
    assert np.isnan(table.loc["Layout", "ks"])
    wide = drift_tables.wide_drift_table(table.reset_index()).set_index("Value")
    assert wide.loc["Heart rate, bpm", "p (KS)"] == "below 0.001"
    assert wide.loc["Layout", "p (KS)"] == ""


def test_a_report_counts_once_and_a_refused_one_not_at_all(training):
    twice = done(1, 70)
    refused = replace(done(2, 70), row=replace(done(2, 70).row, status="refused", layout=None))
    before, now = drift_tables.samples_of([twice, twice, refused])["Heart rate, bpm"]
    assert (len(before), now.tolist()) == (200, [70])


def test_too_few_reports_say_nothing(training):
    assert drift_tables.drift_table([done(n, 70) for n in range(drift_tables.LEAST_VALUES - 1)]).empty
    assert drift_tables.drift_table([]).empty


def test_the_shipped_training_reports_have_every_value():
    reference = drift_tables.reference()
    assert set(reference.values) == set(drift_tables.VALUES)
    assert sum(reference.layouts.values()) == reference.n > 100
    assert all(len(values) > reference.n / 2 for values in reference.values.values())
    assert 50 < np.median(reference.values["Heart rate, bpm"]) < 120
