"""Values written in cells are readable on every shade."""

import re

import altair as alt
import numpy as np
import pandas as pd
import pytest

from ecgviz.charts import cell_charts

BASE = alt.Chart(pd.DataFrame({"row": ["a"], "column": ["b"], "figure": [0.5]})).encode(x="column:N", y="row:N")
CHARTS = {
    "shares": cell_charts.of_shares(BASE, "figure", alt.Text("figure:Q"), 20),
    "differences": cell_charts.of_differences(BASE, "figure", 0.4, "+.1%", 20),
}


def rgb(colour: str) -> np.ndarray:
    return np.frombuffer(bytes.fromhex(colour[1:]), np.uint8).astype(float)


def luminance(colour: np.ndarray) -> float:
    parts = np.round(colour) / 255
    return float(np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("kind", list(CHARTS))
def test_text_contrasts_with_its_cell_by_4_5_to_1(kind):
    cells, words = CHARTS[kind].to_dict()["layer"]
    scale, ink = cells["encoding"]["color"]["scale"], words["encoding"]["color"]
    assert scale["interpolate"] == "rgb"
    over, limit = re.fullmatch(r"datum\.figure ([<>]) (-?[\d.]+)", ink["condition"]["test"]).groups()
    for figure in np.linspace(scale["domain"][0], scale["domain"][-1], 201):
        shade = [np.interp(figure, scale["domain"], part) for part in zip(*map(rgb, scale["range"]), strict=True)]
        is_light = figure > float(limit) if over == ">" else figure < float(limit)
        chosen = ink["condition"]["value"] if is_light else ink["value"]
        low, high = sorted((luminance(np.array(shade)), luminance(rgb(chosen))))
        assert (high + 0.05) / (low + 0.05) >= 4.5, figure


def test_a_legend_has_one_column_in_a_narrow_window():
    assert cell_charts.legend_columns(3).expr == f"windowSize()[0] < {cell_charts.NARROW_PX} ? 1 : 3"
