"""Beat lab, as a script: beats from everywhere, every control, and the results."""

import io
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from PIL import Image
from streamlit.testing.v1 import AppTest

from ecgviz.beat_lab.beat import FIVE, SIX, SPECTRA, drawn
from ecgviz.beat_lab.section_beat import MAYBE_THEIRS, NOT_THEIRS, OF_SOURCE, SOURCES
from ecgviz.beat_lab.tables import NAMES, SCORED
from models.beats import live
from models.beats.recordings import RHYTHM
from sample_images import samples
from tests.app_session import open_report
from tests.unfolding import unfolded

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = next(sample for sample in samples() if sample.name == "edan_normal")
CLASSES_N = {SIX: 6} | dict.fromkeys((FIVE, *SPECTRA), 5)
RESULTS = "What the claims are worth"


# The rhythm that each question came with.
given: list = []


class Fixed:
    """Answers like a network, by how dark the picture is."""

    def __init__(self, classes_n: int, shift: int) -> None:
        self.classes_n, self.shift = classes_n, shift

    def __call__(self, pictures, rhythm=None):
        given.append(rhythm)
        shares = np.full((len(pictures), self.classes_n), 0.02, np.float32)
        for row, picture in zip(shares, pictures, strict=True):
            row[(int(picture.sum()) + self.shift) % self.classes_n] = 1 - 0.02 * (self.classes_n - 1)
        return shares

    def seen(self, picture, label, rhythm=None):
        return np.full(picture.shape, (label + self.shift) / 7, np.float32)


@pytest.fixture(autouse=True)
def fake_networks(monkeypatch):
    def networks_of(task):
        return {name: Fixed(CLASSES_N[task], shift) for shift, name in enumerate(("beat_cnn_64", "beat_net"))}

    monkeypatch.setattr(live, "networks_of", networks_of)


def opened(report=None) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120)
    if report is not None:
        open_report(app, report.path.read_bytes(), report.name)
    app.switch_page("pages/9_Beat_lab.py").run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    kinds = (app.title, app.subheader, app.markdown, app.caption, app.error, app.warning, app.info)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def shown(app: AppTest) -> list[bytes]:
    return [piece.proto.SerializeToString() for kind in ("image", "vega_lite_chart") for piece in app.get(kind)]


def test_a_drawn_beat_is_there_at_once_and_each_network_answers():
    app = opened()
    said = words(app)
    assert NOT_THEIRS.format(OF_SOURCE[SOURCES[0]]) in said
    assert all(NAMES[name] in said for name in ("beat_cnn_64", "beat_net"))
    assert len(app.get("vega_lite_chart")) == 3


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("selectbox", "beat_rhythm", "premature-ventricular-beats"),
        ("number_input", "beat_number_normal-sinus", 3),
        ("segmented_control", "beat_task", FIVE),
        *(("segmented_control", "beat_task", name) for name in SPECTRA),
        ("selectbox", "beat_window", "Rectangular"),
        ("slider", "beat_window_ms", 300),
        ("slider", "beat_overlap", 20),
        ("selectbox", "beat_wavelet", "Mexican hat"),
        ("slider", "beat_scales", 12),
        ("slider", "beat_band", (5, 30)),
        ("selectbox", f"beat_map_network_{SIX}", NAMES["beat_cnn_64"]),
    ],
)
def test_every_control_changes_what_is_shown(kind, key, value):
    app = opened()
    before = shown(app)
    getattr(app, kind)(key=key).set_value(value).run()
    assert not app.exception
    assert shown(app) != before


def test_the_beats_timing_reaches_the_networks_and_a_picture_has_none():
    st.cache_data.clear()
    given.clear()
    app = opened()
    assert len(given) == 2
    assert all(rhythm.shape == (1, len(RHYTHM)) and rhythm[0, -1] == 1 for rhythm in given)
    stream = io.BytesIO()
    Image.fromarray(drawn("ventricular-tachycardia", 1).picture(SIX)).save(stream, "PNG")
    given.clear()
    app.segmented_control(key="beat_source").set_value(SOURCES[2]).run()
    app.file_uploader(key="beat_picture").set_value(("beat.png", stream.getvalue(), "image/png")).run()
    assert given == [None, None]


@pytest.mark.parametrize(("name", "usual"), [("edan_normal", "II_rhythm"), ("flutter_12x1", "II")])
def test_lead_two_is_looked_at_first_on_every_layout(name, usual):
    app = opened(next(sample for sample in samples() if sample.name == name))
    app.segmented_control(key="beat_source").set_value(SOURCES[1]).run()
    assert next(box for box in app.selectbox if box.key.startswith("beat_lead_")).value == usual


def test_a_beat_of_the_open_report_is_told_apart_from_those_taught_on():
    app = opened(SAMPLE)
    app.segmented_control(key="beat_source").set_value(SOURCES[1]).run()
    assert not app.exception
    assert NOT_THEIRS.format(OF_SOURCE[SOURCES[1]]) in words(app)
    before = shown(app)
    box = next(box for box in app.selectbox if box.key.startswith("beat_lead_"))
    box.set_value("V1").run()
    assert not app.exception
    assert shown(app) != before


def test_without_a_report_one_can_be_opened():
    app = opened()
    app.segmented_control(key="beat_source").set_value(SOURCES[1]).run()
    assert not app.exception
    assert "No report is open" in words(app)


def test_a_picture_of_a_beat_is_read_and_a_broken_one_refused():
    app = opened()
    app.segmented_control(key="beat_source").set_value(SOURCES[2]).run()
    assert "Give a picture of one beat" in words(app)
    stream = io.BytesIO()
    Image.fromarray(drawn("normal-sinus", 0).picture(SIX)).save(stream, "PNG")
    app.file_uploader(key="beat_picture").set_value(("beat.png", stream.getvalue(), "image/png")).run()
    assert not app.exception
    assert NAMES["beat_net"] in words(app)
    assert "no spectrum" in words(app)
    assert len(app.segmented_control(key="beat_task_of_picture").options) == 1
    assert MAYBE_THEIRS in words(app)
    assert not any("database. This beat is" in caption.value for caption in app.caption)
    app.file_uploader(key="beat_picture").set_value(("beat.png", b"none", "image/png")).run()
    assert not app.exception
    assert "unsupported_format" in words(app)


def test_results_tell_claims_scorings_and_what_the_pictures_are():
    app = opened()
    app.segmented_control(key="beat_part").set_value(RESULTS).run()
    app.session_state["beat_tried"] = True
    unfolded(app.run())
    said = words(app)
    assert "2,283 of 6,825" in said
    assert "record 207" in said
    assert "Within DS1 alone" in said
    tables = len(app.dataframe)
    table = app.dataframe[0].value
    assert list(table["Network"]) == [*NAMES.values(), "Ours, picture alone"]
    assert set(SCORED.values()) <= set(table.columns)
    app.segmented_control(key="beat_figure").set_value("macro_f1").run()
    assert not app.exception
    assert list(app.dataframe[0].value["As published"]) != list(table["As published"])
    assert len(app.dataframe) == tables
    app.selectbox(key="beat_scoring").set_value("without copies").run()
    assert not app.exception
