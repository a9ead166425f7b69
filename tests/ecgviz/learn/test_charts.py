"""Charts of leads, beats and layers show the values they get."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecgviz.learn import layer_charts, report_charts
from ecgviz.learn.about_reports import BEATS_SHOWN
from models.classes import CLASSES
from models.scoring import probabilities
from sample_images import RHYTHMS


def rows(spec: dict, column: str) -> list[dict]:
    return next(data for data in spec["datasets"].values() if column in data[0])


def test_limb_leads_have_the_directions_of_the_hexaxial_system():
    table = report_charts.views(report_charts.FRONTAL).set_index("lead")
    degrees = {lead: np.degrees(np.arctan2(-row["up"], row["across"])) for lead, row in table.iterrows()}
    usual = {"I": 0, "II": 60, "III": 120, "aVR": -150, "aVL": -30, "aVF": 90}
    assert degrees == pytest.approx(usual, abs=1)


def test_chest_leads_go_round_from_the_right_to_the_left():
    table = report_charts.views(report_charts.HORIZONTAL)
    degrees = np.degrees(np.arctan2(table["up"], table["across"]))
    assert list(table["lead"]) == ["V1", "V2", "V3", "V4", "V5", "V6"]
    assert np.all(np.diff(degrees) < 0)


def test_only_the_selected_lead_is_highlighted():
    spec = report_charts.views_chart(report_charts.FRONTAL, "aVF").to_dict()
    assert [row["lead"] for row in rows(spec, "chosen") if row["chosen"]] == ["aVF"]


@pytest.mark.parametrize("rhythm", BEATS_SHOWN)
def test_brackets_are_as_long_as_the_simulated_intervals(rhythm):
    wave, intervals = report_charts.one_beat(rhythm)
    beat = RHYTHMS[rhythm].beat
    lengths = intervals.set_index("interval")["ms"]
    assert lengths["PR"] == round(1000 * beat.pr_s)
    assert lengths["QRS"] == round(1000 * beat.qrs_s)
    assert wave["time_ms"].min() < intervals["start_ms"].min()
    assert wave["time_ms"].max() > intervals["stop_ms"].max()
    spec = report_charts.beat_chart(wave, intervals).to_dict()
    assert {row["interval"] for row in rows(spec, "interval")} == {"P", "PR", "QRS", "QT"}


def test_a_sample_that_was_not_read_breaks_the_line():
    row = np.ones((250, 2), np.float32)
    row[100:120, 1] = 0
    drawn = rows(layer_charts.row_chart(row).to_dict(), "mv")
    assert [sample["mv"] for sample in drawn].count(None) == 20


def test_a_response_is_centred_on_its_samples():
    drawn = rows(layer_charts.row_chart(np.ones((250, 2)), np.arange(125.0)).to_dict(), "response")
    assert drawn[0]["time_s"] == pytest.approx(0.01)
    assert drawn[-1]["time_s"] == pytest.approx(2.49)


@pytest.mark.parametrize(("steps", "channels"), [(125, 32), (63, 32), (32, 64), (16, 64)])
def test_depth_shows_the_strongest_channels_over_the_whole_row(steps, channels):
    maps = np.random.default_rng(0).normal(size=(steps, channels))
    maps[steps // 2, 5] = 99
    drawn = rows(layer_charts.depth_chart(maps).to_dict(), "channel")
    assert drawn[0]["channel"] == "6"
    assert len({row["channel"] for row in drawn}) == layer_charts.STRONGEST
    assert max(row["to_s"] for row in drawn) == pytest.approx(2.5)


def test_a_filter_has_a_bar_for_every_weight():
    weights = np.arange(18.0).reshape(9, 2)
    drawn = rows(layer_charts.filter_chart(weights).to_dict(), "weight")
    assert sorted(row["weight"] for row in drawn) == list(range(18))
    assert {row["ms"] for row in drawn} == set(range(-40, 50, 10))


def test_rows_and_classes_are_named():
    contributions = rows(layer_charts.contributions_chart(np.arange(64.0).reshape(16, 4)).to_dict(), "contribution")
    assert {row["class"] for row in contributions} == set(CLASSES)
    assert next(row["contribution"] for row in contributions if (row["row"], row["class"]) == ("III", CLASSES[1])) == 9
    by_row = rows(layer_charts.rows_chart(np.zeros((16, 32))).to_dict(), "feature")
    assert len(by_row) == 16 * 32


@given(st.lists(st.floats(-8, 8), min_size=4, max_size=4), st.floats(0.1, 5))
def test_softmax_keeps_the_predicted_class_at_any_temperature(logits, temperature):
    table = layer_charts.softmax_table(np.array(logits), temperature)
    assert table["probability"].sum() == pytest.approx(1)
    assert np.allclose(table["probability"], probabilities(np.array(logits), temperature))
    assert table["probability"].max() == pytest.approx(table["probability"][int(np.argmax(logits))])
    named = [row["named"] for row in rows(layer_charts.softmax_chart(table).to_dict(), "named")]
    assert named[0] == f"{CLASSES[0]}, {table['probability'][0]:.1%}"


def test_a_strip_has_no_row_of_its_own():
    assert layer_charts.row_of("V2") == 7
    assert layer_charts.row_of("-aVR") == 3
    assert layer_charts.row_of("II_rhythm") is None
