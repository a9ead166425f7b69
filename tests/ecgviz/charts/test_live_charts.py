"""The charts of the live predictions, checked on their specification."""

import json
from itertools import pairwise

import pytest

from ecgviz.charts import live_charts
from ecgviz.predictions import live
from ecgviz.predictions.live import CHOSEN, USUAL
from ecgviz.study import restage
from models.classes import CLASSES
from preprocessing.stages import StageSettings
from tests.studies import study_of


@pytest.fixture(scope="module")
def predictions():
    study = study_of("edan_normal")
    changed = restage(study, StageSettings(sigma=5))
    return live.of_pictures(study, "paper_cnn"), live.of_pictures(changed, "paper_cnn")


def rows(spec):
    return next(iter(spec["datasets"].values()))


def test_the_parts_of_a_leads_bar_follow_each_other_and_end_at_one(predictions):
    spec = json.loads(live_charts.lead_bars(live.lead_table(*predictions)).to_json())
    parts = [row for row in rows(spec) if row["lead"] == "V1"]
    assert [part["class"] for part in parts] == list(CLASSES)
    assert parts[0]["start"] == pytest.approx(0)
    assert all(one["end"] == pytest.approx(other["start"]) for one, other in pairwise(parts))
    assert parts[-1]["end"] == pytest.approx(1)
    assert spec["layer"][0]["encoding"]["y"]["sort"][-1] == "strip"


def test_the_report_has_a_bar_for_each_class_and_setting(predictions):
    spec = json.loads(live_charts.report_bars(live.report_table(*predictions)).to_json())
    assert len(rows(spec)) == 2 * len(CLASSES)
    assert spec["layer"][0]["encoding"]["color"]["scale"]["domain"] == [USUAL, CHOSEN]
    assert spec["layer"][1]["mark"]["type"] == "text"
