"""Other aggregations of the leads: leads left out never reach the networks, and the change is put into words."""

import pandas as pd
import pytest

from ecgviz.predictions import NAMES, aggregation, model_names
from ecgviz.predictions.prediction_tables import report_table
from ecgviz.study import Study
from models.classes import CLASSES
from models.networks import OWN_NETWORKS, TRACE_NETWORKS
from models.scoring import AGGREGATIONS, JOINT
from models.serving import predictor
from tests.conftest import StandIn, fixed_prediction
from tests.studies import study_of


@pytest.fixture(scope="module")
def study() -> Study:
    return study_of("rbbb_cabrera")


def test_leads_left_out_do_not_reach_the_networks(study, monkeypatch):
    given, shown = [], []

    class Recording(StandIn):
        def __call__(self, traces, beats=None, doubts=(), pictures=None, baselines=True):
            given.append({trace.key for trace in traces})
            shown.append(pictures.read)
            return fixed_prediction(traces, beats, doubts, pictures, baselines)

    whole = study.prediction
    monkeypatch.setattr(predictor, "networks", Recording)
    found = aggregation.without(study, ["aVR", "V2"])
    everything = {trace.key for trace in study.traces}
    assert given == [everything - {"-aVR", "V2"}]
    assert not {"aVR", "V2"} & set(shown[0])
    assert list(found.verdicts) == list(whole.verdicts)
    assert not {"aVR", "V2"} & set(found.leads["paper_cnn"])
    assert found.verdicts["paper_cnn"] != whole.verdicts["paper_cnn"]


def test_the_networks_own_heads_give_the_standard_prediction(study):
    assert aggregation.without(study, []) is study.prediction
    pd.testing.assert_frame_equal(aggregation.aggregated(study.prediction, JOINT), report_table(study.prediction))


def test_every_aggregation_has_a_display_name():
    assert tuple(model_names.AGGREGATIONS) == AGGREGATIONS


@pytest.mark.parametrize("name", AGGREGATIONS[1:])
def test_aggregations_of_single_leads_give_each_model_probabilities(study, name):
    table = aggregation.aggregated(aggregation.without(study, ["V1"]), name)
    assert list(table.columns) == ["model", "class", "probability"]
    assert table.groupby("model")["probability"].sum().tolist() == pytest.approx([1] * (len(OWN_NETWORKS) + 1))
    traces = table["model"].isin([NAMES[one] for one in TRACE_NETWORKS])
    assert (table.loc[traces & (table["class"] == CLASSES[0]), "probability"] > 0.5).all()


def test_a_change_of_the_most_probable_class_is_put_into_words():
    def table(*shares):
        return pd.DataFrame({"model": NAMES["ensemble"], "class": CLASSES, "probability": shares})

    before = table(0.6, 0.3, 0.05, 0.05)
    assert aggregation.comparison(before, before).startswith("Unchanged so far")
    assert aggregation.comparison(before, table(0.5, 0.4, 0.05, 0.05)) == (
        "Normal remains most probable: 60% before, 50% now."
    )
    assert aggregation.comparison(before, table(0.2, 0.7, 0.05, 0.05)) == (
        "Most probable is now Abnormal heartbeat instead of Normal: 60% before, 70% now."
    )
