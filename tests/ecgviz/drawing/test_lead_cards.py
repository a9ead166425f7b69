"""A lead's card draws the trace over its ink, marks the map's windows, and keeps every peak."""

import re
from base64 import b64decode

import numpy as np
import pandas as pd
import pytest

from ecgviz.drawing import lead_cards, shades
from ecgviz.drawing.lead_cards import Band
from ecgviz.predictions import Sensitivity, row_names
from ecgviz.study import Study
from models.classes import CLASSES
from preprocessing.traces import Trace
from sample_images import samples
from tests.studies import study_of

SAMPLES = {sample.name: sample.path for sample in samples()}


@pytest.fixture(scope="module")
def study() -> Study:
    return study_of("edan_normal")


@pytest.fixture
def found() -> Sensitivity:
    """Every stretch of the strip counts by its place; in V2 only the third does, and takes probability away."""
    rows = row_names()
    along = [
        {"class": CLASSES[0], "row": row, "start_s": n / 4, "stop_s": (n + 1) / 4, "grad_cam": (10 * place + n) / 160,
         "occlusion": -0.2 if row == "V2" and n == 2 else 0.0}
        for place, row in enumerate(rows)
        for n in range(10)
    ]  # fmt: skip
    return Sensitivity(pd.DataFrame(), pd.DataFrame(along), pd.DataFrame())


def drawing(address: str) -> str:
    return b64decode(address.removeprefix("data:image/svg+xml;base64,")).decode()


def page_of(study: Study, key: str) -> str:
    return lead_cards.crop(study.page.rgb, study.box(key), lead_cards.WALL_WIDTH_PX)


def points(written: str) -> np.ndarray:
    return np.array([[float(x), float(y)] for x, y in re.findall(r"[ML]([\d.-]+) ([\d.-]+)", written)])


def test_the_trace_lies_on_the_leads_ink(study):
    box, trace = study.box("V5"), study.trace("V5")
    at = points(lead_cards.path(trace, 1))
    assert at[:, 0].min() >= box.left - 3
    assert at[:, 0].max() <= box.right + 3
    near = np.rint(at).astype(int)
    darkest = np.min([study.page.rgb[near[:, 1] + step, near[:, 0]].mean(axis=1) for step in (-1, 0, 1)], axis=0)
    assert np.mean(darkest < 160) > 0.9


def test_a_path_keeps_its_peaks_and_its_gaps():
    mv = np.zeros(40, np.float32)
    mv[21], mv[30:34] = 1.5, np.nan
    trace = Trace("II", "12-lead", 0.0, mv, 0.9, (10.0, 50.0), 2.0, 20.0)
    for step in (1, 2):
        written = lead_cards.path(trace, step)
        assert points(written)[:, 1].min() == 20.0
        assert written.count("M") == 2
        assert 10 + 2 * 32 not in points(written)[:, 0]


def test_a_card_shows_the_chosen_parts(study):
    both, page, trace = (
        drawing(lead_cards.card(study, page_of(study, "V5"), "V5", shown)) for shown in lead_cards.SHOWN
    )
    assert "<image" in both
    assert "<path" in both
    assert "<image" in page
    assert "<path" not in page
    assert "<image" not in trace
    assert "<path" in trace


def test_bands_lie_under_their_seconds(study):
    trace = study.trace("V5")
    marked = drawing(lead_cards.overlay(study, "V5", [Band(0.5, 0.75, -1.0)], "occlusion"))
    beneath = drawing(lead_cards.card(study, page_of(study, "V5"), "V5", lead_cards.SHOWN[2]))
    frame = re.compile(r'viewBox="[^"]+" width="\d+" height="\d+"')
    assert frame.search(marked)[0] == frame.search(beneath)[0]
    x, width = map(float, re.search(r'<rect x="([\d.]+)" y="\d+" width="([\d.]+)".*?opacity', marked).groups())
    second_px = trace.px_per_sample * 500
    assert x == pytest.approx(trace.origin_px[0] + 0.5 * second_px, abs=0.1)
    assert width == pytest.approx(0.25 * second_px, abs=0.1)
    assert shades.LESS in marked


def test_the_strip_is_marked_over_ten_seconds_and_a_lead_over_its_own(study, found):
    strip = lead_cards.bands(study, found, CLASSES[0], "grad_cam", "II_rhythm")
    assert [band.start_s for band in strip] == [n / 4 for n in range(40)]
    assert np.all(np.diff([band.strength for band in strip]) > 0)
    lead = lead_cards.bands(study, found, CLASSES[0], "occlusion", "V2")
    assert [band.strength for band in lead] == [0, 0, -1, 0, 0, 0, 0, 0, 0, 0]
    assert lead_cards.input_seconds(study, "II_rhythm") == 10
    assert lead_cards.input_seconds(study, "V2") == 2.5


def test_bars_are_as_long_as_their_probabilities():
    shares = {"CNN": (0.5, 0.3, 0.15, 0.05), "CNN-LSTM": (0.1, 0.2, 0.3, 0.4)}
    own = pd.DataFrame(
        [
            {"model": model, "lead": "V1", "class": label, "probability": share}
            for model, own in shares.items()
            for label, share in zip(CLASSES, own, strict=True)
        ]
    )
    drawn = drawing(lead_cards.bars(own))
    colours = "|".join(lead_cards.CLASS_COLOURS.values())
    widths = [float(width) for width in re.findall(rf'width="([\d.]+)" height="\d+" fill="(?:{colours})"', drawn)]
    whole = lead_cards.BARS_WIDTH - lead_cards.NAME_WIDTH
    np.testing.assert_allclose(np.array(widths) / whole, sum(shares.values(), ()), atol=1e-3)
    assert "N 50" in drawn
    assert lead_cards.in_words(own) == "CNN: Normal (50%); CNN-LSTM: History of MI (40%)"
