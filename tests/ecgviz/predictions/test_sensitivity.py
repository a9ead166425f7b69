"""What is said and drawn of an answer's sensitivity holds its numbers."""

import pandas as pd
import pytest

from ecgviz.charts import saliency_charts
from ecgviz.predictions.sensitivity import Sensitivity, as_matrix, largest_change, row_names, strongest
from models.classes import CLASSES


@pytest.fixture
def found() -> Sensitivity:
    """Three rows; hiding half a second into V2 costs most, and leaving the strip out changes most."""
    rows = ["I", "V2", "strip 0 s"]
    waves = [{"row": row, "time_s": n / 100, "mv": None if n == 7 else 0.1 * n} for row in rows for n in range(20)]
    along = [
        {
            "class": label,
            "row": row,
            "start_s": n / 4,
            "stop_s": (n + 1) / 4,
            "seen": n / 10,
            "lost": 0.2 * (row == "V2" and n == 2 and label == CLASSES[2]),
        }
        for label in CLASSES
        for row in rows
        for n in range(10)
    ]
    left_out = [
        {"lead": lead, "class": label, "change": -0.3 if lead == "strip" else 0.01 * place}
        for lead in ("I", "V2", "strip")
        for place, label in enumerate(CLASSES)
    ]
    return Sensitivity(pd.DataFrame(waves), pd.DataFrame(along), pd.DataFrame(left_out))


def test_the_strongest_stretch_is_named_with_what_it_costs(found):
    assert strongest(found, CLASSES[2]) == (
        "The score is most sensitive in V2 between 0.50 and 0.75 s: "
        "hiding that stretch takes 20 percentage points from it."
    )


def test_where_nothing_stands_out_that_is_said(found):
    assert "many small things" in strongest(found, CLASSES[0])


def test_the_lead_that_matters_most_is_named(found):
    said = largest_change(found, CLASSES[1])
    assert said.startswith("Leaving the strip out changes Abnormal heartbeat most: by \N{MINUS SIGN}30.0")
    table = as_matrix(found)
    assert table.shape == (3, 4)
    assert list(table.index) == ["I", "V2", "strip"]
    assert table.loc["V2", CLASSES[3]] == 3.0


@pytest.mark.parametrize("kind", ["seen", "lost"])
def test_leads_stand_where_a_page_has_them(found, kind):
    spec = saliency_charts.along_chart(found, CLASSES[2], kind).to_dict()
    bands = next(data for data in spec["datasets"].values() if "seen" in data[0] and len(data) == 30)
    left = {band["row"]: band["left_s"] for band in bands}
    level = {band["row"]: band["level_mv"] for band in bands}
    assert left == {"I": 0, "V2": 5, "strip 0 s": 0}
    assert level["I"] > level["V2"] > level["strip 0 s"]
    assert spec["layer"][0]["encoding"]["color"]["field"] == kind
    assert spec["layer"][2]["mark"]["type"] == "text"


def test_every_change_is_written_in(found):
    spec = saliency_charts.change_chart(found).to_dict()
    assert len(next(iter(spec["datasets"].values()))) == 12
    assert spec["layer"][1]["encoding"]["text"]["field"] == "change"


def test_all_rows_of_the_networks_have_a_place_on_the_page():
    assert sorted(saliency_charts.PAPER_ORDER) == sorted(row_names())
