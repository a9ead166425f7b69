"""Charts of many reports: what they encode, and that nothing is shown by colour alone."""

import json

import numpy as np
import pandas as pd

from ecgviz.batch_results.drift_tables import distribution_table
from ecgviz.charts import batch_charts


def spec_of(chart) -> dict:
    return json.loads(chart.to_json())


def test_a_histogram_has_a_bar_from_edge_to_edge_of_each_bin():
    table = pd.DataFrame({"low": [0.25, 0.5], "high": [0.5, 0.75], "reports": [3, 4], "model": "CNN"})
    spec = spec_of(batch_charts.confidence_chart(table, 12))
    x, y = spec["encoding"]["x"], spec["encoding"]["y"]
    assert (x["field"], spec["encoding"]["x2"]["field"], x["bin"]) == ("low", "high", "binned")
    # The most of any model, so that bars of several models compare.
    assert y["scale"]["domain"] == [0, 12]


def test_two_models_are_marked_by_colour_and_shape():
    table = pd.DataFrame(
        {"number": [1, 2], "file": ["a", "b"], "first": [0.1, 0.9], "second": [0.2, 0.3],
         "first_class": ["x", "y"], "second_class": ["x", "z"], "agreement": ["same", "other"]}
    )  # fmt: skip
    line, points = spec_of(batch_charts.pair_chart(table, "CNN", "Trace CNN", ("same", "other")))["layer"]
    assert line["mark"]["type"] == "rule"
    encoding = points["encoding"]
    assert (encoding["x"]["title"], encoding["y"]["title"]) == ("CNN", "Trace CNN")
    for channel in ("color", "shape"):
        assert encoding[channel]["field"] == "agreement"
        assert len(set(encoding[channel]["scale"]["range"])) == 2
    assert "file" in [tip["field"] for tip in encoding["tooltip"]]


def test_a_chart_of_one_kind_of_agreement_keeps_its_colour():
    table = pd.DataFrame({"number": [1], "file": ["a"], "first": [0.1], "second": [0.2], "first_class": ["x"],
                          "second_class": ["z"], "agreement": ["other"]})  # fmt: skip
    alone = spec_of(batch_charts.pair_chart(table, "A", "B", ("same", "other")))["layer"][1]["encoding"]["color"]
    both = pd.concat([table, table.assign(agreement="same")])
    among = spec_of(batch_charts.pair_chart(both, "A", "B", ("same", "other")))["layer"][1]["encoding"]["color"]
    assert alone["scale"]["range"] == [among["scale"]["range"][among["scale"]["domain"].index("other")]]


def test_distributions_rise_to_one_and_differ_in_dash():
    table = distribution_table(np.array([3.0, 1.0]), np.array([2.0, 2.0, 5.0]))
    assert table.groupby("reports")["share"].max().tolist() == [1, 1]
    assert table.loc[table["reports"] == "training", "value"].tolist() == [1, 3]
    spec = spec_of(batch_charts.distribution_chart(table, "QRS, ms"))
    assert spec["encoding"]["x"]["title"] == "QRS, ms"
    assert spec["encoding"]["strokeDash"]["field"] == spec["encoding"]["color"]["field"] == "reports"
    assert len(set(map(str, spec["encoding"]["strokeDash"]["scale"]["range"]))) == 2
