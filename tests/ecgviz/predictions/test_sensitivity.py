"""Sentences and charts of a prediction's sensitivity hold its numbers."""

import pandas as pd
import pytest

from ecgviz.charts import saliency_charts
from ecgviz.predictions.sensitivity import Sensitivity, change_matrix, largest_change, most_sensitive, row_names
from models.classes import CLASSES


@pytest.fixture
def found() -> Sensitivity:
    """Three rows; occlusion has most effect half a second into V2, and leaving out the strip changes most."""
    rows = ["I", "V2", "strip 0 s"]
    waves = [{"row": row, "time_s": n / 100, "mv": None if n == 7 else 0.1 * n} for row in rows for n in range(20)]
    along = [
        {
            "class": label,
            "row": row,
            "start_s": n / 4,
            "stop_s": (n + 1) / 4,
            "grad_cam": n / 10,
            "occlusion": 0.2 * (row == "V2" and n == 2 and label == CLASSES[2]),
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


def test_the_most_sensitive_window_is_named_with_its_effect(found):
    assert most_sensitive(found, CLASSES[2]) == (
        "Most sensitive in V2, 0.50 to 0.75 s: occluding this window lowers the probability by 20 percentage points."
    )


def test_without_a_sensitive_window_the_sentence_says_so(found):
    assert "No quarter of a second lowers" in most_sensitive(found, CLASSES[0])


def test_the_lead_of_the_largest_change_is_named(found):
    sentence = largest_change(found, CLASSES[1])
    assert sentence == "Leaving out the strip changes Abnormal heartbeat most: \N{MINUS SIGN}30.0 percentage points."
    table = change_matrix(found)
    assert table.shape == (3, 4)
    assert list(table.index) == ["I", "V2", "strip"]
    assert table.loc["V2", CLASSES[3]] == 3.0


@pytest.mark.parametrize("kind", ["grad_cam", "occlusion"])
def test_leads_are_laid_out_as_on_a_page(found, kind):
    spec = saliency_charts.along_chart(found, CLASSES[2], kind).to_dict()
    bands = next(data for data in spec["datasets"].values() if "grad_cam" in data[0] and len(data) == 30)
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
