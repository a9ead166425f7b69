"""Median beats of two reports in one drawing: both are packed, and both fit their cells."""

import base64

import numpy as np

from ecgviz.drawing import viewer_data
from tests.studies import study_of


def millivolts(packed: str) -> np.ndarray:
    microvolts = np.frombuffer(base64.b64decode(packed), "<i2")
    return np.where(microvolts == -32768, np.nan, microvolts / 1000)


def test_the_second_reports_beats_lie_over_the_first_ones():
    first, second = study_of("edan_normal"), study_of("edan_lbbb")
    alone, both = viewer_data.beats_drawing(first), viewer_data.beats_drawing(first, second)
    assert all(lead["other"] is None for lead in alone["leads"])
    assert alone["version"] != both["version"]
    for lead in both["leads"]:
        expected = viewer_data.well_shown(second.measurements.beat, lead["name"])
        np.testing.assert_allclose(millivolts(lead["other"]), expected, atol=0.001)
        for name in ("microvolts", "other"):
            heights_mm = lead["y"] - millivolts(lead[name]) * lead["mm_per_mv"]
            assert np.nanmin(heights_mm) >= lead["top"]
            assert np.nanmax(heights_mm) <= lead["bottom"]


def test_sheets_of_one_group_move_in_step():
    study = study_of("edan_normal")
    drawn = viewer_data.page_drawing(study, study.traces, group="compared")
    assert drawn["group"] == "compared"
    assert viewer_data.page_drawing(study, study.traces)["group"] == ""
