"""Leads left out do not reach the networks, and what comes of another way is said."""

import pandas as pd
import pytest

from ecgviz.evaluation import tables
from ecgviz.predictions import weighing
from ecgviz.predictions.prediction_tables import report_table
from ecgviz.study import Study, open_study
from models.classes import CLASSES
from models.scoring import JOINT, WAYS
from models.serving import predictor
from sample_images import samples
from tests.conftest import answer_of


@pytest.fixture(scope="module")
def study() -> Study:
    sample = next(sample for sample in samples() if sample.name == "rbbb_cabrera")
    return open_study(sample.path.read_bytes(), "rbbb_cabrera.png")


def test_leads_left_out_do_not_reach_the_networks(study, monkeypatch):
    asked = []

    def seen(traces, beats):
        asked.append({trace.key for trace in traces})
        return answer_of(traces, beats)

    monkeypatch.setattr(predictor, "networks", lambda: seen)
    weighing.weighed(study, JOINT, ["aVR", "V2"])
    everything = {trace.key for trace in study.traces}
    assert asked == [everything - {"-aVR", "V2"}]


def test_the_networks_own_way_is_their_answer(study):
    pd.testing.assert_frame_equal(weighing.weighed(study, JOINT, []), report_table(answer_of(study.traces)))


def test_every_way_can_be_chosen_and_compared():
    assert tuple(weighing.WAYS) == tuple(tables.WAYS) == WAYS


@pytest.mark.parametrize("way", [way for way in WAYS if way != JOINT])
def test_votes_give_each_model_probabilities(study, way):
    table = weighing.weighed(study, way, ["V1"])
    assert list(table.columns) == ["model", "class", "probability"]
    assert table.groupby("model")["probability"].sum().tolist() == pytest.approx([1, 1, 1])
    assert (table.loc[table["class"] == CLASSES[0], "probability"] > 0.5).all()


def test_a_change_of_mind_is_said():
    def table(*shares):
        return pd.DataFrame({"model": "Both together", "class": CLASSES, "probability": shares})

    before = table(0.6, 0.3, 0.05, 0.05)
    assert "networks' own answer" in weighing.moved(before, before)
    assert weighing.moved(before, table(0.5, 0.4, 0.05, 0.05)) == "Normal stays likeliest, with 50% instead of 60%."
    assert weighing.moved(before, table(0.2, 0.7, 0.05, 0.05)) == (
        "Abnormal heartbeat becomes likeliest with 70%; it was Normal with 60%."
    )
