"""Charts reach the browser without validation; the tests validate them instead of every redraw."""

import json
import os
import subprocess
import sys
from pathlib import Path

import altair as alt
import pandas as pd
import pytest
from altair.utils.schemapi import SchemaValidationError
from streamlit.testing.v1 import AppTest

from ecgviz.app import unchecked_charts

ROOT = Path(__file__).resolve().parents[3]
UNCHECKED = """
import altair as alt
from ecgviz.app import unchecked_charts
chart = alt.Chart().mark_point().encode(x=alt.X("x:Q", axis=alt.Axis(tickCount="many")))
print(unchecked_charts._Unchecked(chart, {}).to_dict()["encoding"]["x"]["axis"])
"""


def _page():
    import altair as alt
    import pandas as pd

    from ecgviz.app import unchecked_charts

    points = alt.Chart(pd.DataFrame({"x": [1, 2]})).mark_point().encode(x="x:Q")
    words = alt.Chart(pd.DataFrame({"x": [3]})).mark_text().encode(x="x:Q", text="x:Q")
    unchecked_charts.show(alt.LayerChart(layer=[points, words], height=100), "points")


def test_a_chart_reaches_the_browser_with_data_description_and_ink():
    app = AppTest.from_function(_page).run()
    assert not app.exception
    drawn = app.get("vega_lite_chart")[0].proto
    spec = json.loads(drawn.spec)
    ink = unchecked_charts.INKS["light"]
    assert spec["config"]["mark"] == {"aria": False}
    assert spec["config"]["text"] == {"color": ink, "fontSize": unchecked_charts.LETTERS_PX}
    for part in ("axis", "legend", "header"):
        assert spec["config"][part]["labelColor"] == spec["config"][part]["titleColor"] == ink
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["point", "text"]
    assert {layer["data"]["name"] for layer in spec["layer"]} == {dataset.name for dataset in drawn.datasets}
    assert drawn.alt == "points"
    assert drawn.theme == "streamlit"


def test_every_chart_is_drawn_by_this_module():
    for path in (*(ROOT / "ecgviz").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "streamlit_app.py"):
        if path.name != "unchecked_charts.py":
            assert "altair_chart(" not in path.read_text(encoding="utf-8"), path


def test_in_tests_an_invalid_chart_is_refused():
    assert unchecked_charts.CHECKED
    with pytest.raises(SchemaValidationError):
        alt.Axis(tickCount="many")
    chart = alt.Chart(pd.DataFrame({"x": [1]})).mark_point().encode(x="x:Q")
    chart.encoding.x["axis"] = {"tickCount": "many"}
    with pytest.raises(SchemaValidationError):
        unchecked_charts._Unchecked(chart, {}).to_dict()


def test_elsewhere_nothing_is_validated():
    outside = {name: value for name, value in os.environ.items() if name != "ECGVIZ_CHECK_CHARTS"}
    done = subprocess.run(
        [sys.executable, "-c", UNCHECKED], cwd=ROOT, env=outside, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "{'tickCount': 'many'}"
