"""The map of ST: every lead is written in its cell, whatever its level."""

import pandas as pd

from ecgviz.charts import st_charts


def test_each_lead_is_written_with_its_level_and_a_colour_within_the_scale():
    table = pd.DataFrame(
        {"wall": ["Septal", "Septal"], "place": [0, 1], "lead": ["V1", "V2"], "mv": [-0.9, 0.02], "mm": [-9.0, 0.2],
         "level": ["-0.90", "+0.02"]}
    )  # fmt: skip
    chart = st_charts.map_chart(table)
    assert chart.to_json()
    drawn = chart.to_dict()
    cells = next(iter(drawn["datasets"].values()))
    assert [cell["label"] for cell in cells] == ["V1  -0.90", "V2  +0.02"]
    assert all(abs(cell["shade"]) <= st_charts.LARGEST_MV for cell in cells)
    assert drawn["layer"][1]["mark"]["fontSize"] >= 14
