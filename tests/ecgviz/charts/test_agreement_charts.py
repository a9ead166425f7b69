"""Charts of agreement: classes in their order, counts written in, a point with its interval for each month."""

import pandas as pd

from ecgviz.charts import agreement_charts
from models.classes import CLASSES


def test_a_matrix_has_a_cell_for_each_pair_of_classes_in_order():
    table = pd.DataFrame(
        [{"reference": one, "compared": other, "reports": 2, "row_share": 0.25} for one in CLASSES for other in CLASSES]
    )
    drawn = agreement_charts.matrix_chart(table).to_dict()
    cells, words = drawn["layer"]
    for channel in ("x", "y"):
        assert cells["encoding"][channel]["sort"] == list(CLASSES)
    assert words["encoding"]["text"]["field"] == "reports"
    assert len(next(iter(drawn["datasets"].values()))) == len(CLASSES) ** 2


def test_months_show_shares_from_zero_to_one_with_intervals_and_counts():
    table = pd.DataFrame([{"month": "2026-10", "reports": 4, "value": 0.5, "low": 0.15, "high": 0.85}])
    spans, points, words = agreement_charts.months_chart(table).to_dict()["layer"]
    assert spans["encoding"]["y"]["scale"]["domain"] == [0, 1]
    assert (spans["encoding"]["y"]["field"], spans["encoding"]["y2"]["field"]) == ("low", "high")
    assert points["encoding"]["y"]["field"] == "value"
    assert words["encoding"]["text"]["field"] == "reports"
