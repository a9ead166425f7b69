"""Beat lab, as a script: beats from every source, every control, and the results."""

import io
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from PIL import Image
from streamlit.testing.v1 import AppTest

from ecgviz.beat_lab.beat import FIVE_TASK, SIX_TASK, SPECTRUM_TASKS, simulated_beat
from ecgviz.beat_lab.section_beat import MAYBE_TRAINING_DATA, NOT_TRAINING_DATA, ORIGINS, SOURCES
from ecgviz.beat_lab.tables import NAMES, PROTOCOL_NAMES
from models.beats import live
from models.beats.recordings import RHYTHM_FEATURES
from sample_images import samples
from tests.app_session import open_report
from tests.unfolding import unfolded

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = next(sample for sample in samples() if sample.name == "edan_normal")
CLASSES_N = {SIX_TASK: 6} | dict.fromkeys((FIVE_TASK, *SPECTRUM_TASKS), 5)
RESULTS = "Reported and measured"

# The rhythm that each prediction was made with.
rhythms: list = []


class Fixed:
    """Predicts like a network, by how dark the picture is."""

    def __init__(self, classes_n: int, shift: int) -> None:
        self.classes_n, self.shift = classes_n, shift

    def __call__(self, pictures, rhythm=None):
        rhythms.append(rhythm)
        found = np.full((len(pictures), self.classes_n), 0.02, np.float32)
        for row, picture in zip(found, pictures, strict=True):
            row[(int(picture.sum()) + self.shift) % self.classes_n] = 1 - 0.02 * (self.classes_n - 1)
        return found

    def grad_cam(self, picture, label, rhythm=None):
        return np.full(picture.shape, (label + self.shift) / 7, np.float32)


@pytest.fixture(autouse=True)
def fake_networks(monkeypatch):
    def networks_for(key):
        return {name: Fixed(CLASSES_N[key], shift) for shift, name in enumerate(("beat_cnn_64", "beat_net"))}

    monkeypatch.setattr(live, "networks_for", networks_for)


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


def test_a_simulated_beat_is_shown_at_once_and_every_network_predicts():
    app = opened()
    text = words(app)
    assert NOT_TRAINING_DATA.format(ORIGINS[SOURCES[0]]) in text
    assert all(NAMES[name] in text for name in ("beat_cnn_64", "beat_net"))
    assert len(app.get("vega_lite_chart")) == 3


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("selectbox", "beat_rhythm", "premature-ventricular-beats"),
        ("number_input", "beat_number_normal-sinus", 3),
        ("segmented_control", "beat_task", FIVE_TASK),
        *(("segmented_control", "beat_task", name) for name in SPECTRUM_TASKS),
        ("selectbox", "beat_window", "Rectangular"),
        ("slider", "beat_window_ms", 300),
        ("slider", "beat_overlap", 20),
        ("selectbox", "beat_wavelet", "Mexican hat"),
        ("slider", "beat_scales", 12),
        ("slider", "beat_band", (5, 30)),
        ("selectbox", f"beat_map_network_{SIX_TASK}", NAMES["beat_cnn_64"]),
    ],
)
def test_every_control_changes_the_page(kind, key, value):
    app = opened()
    app.session_state["beat_map"] = True
    app.run()
    before = shown(app)
    getattr(app, kind)(key=key).set_value(value).run()
    assert not app.exception
    assert shown(app) != before


def test_no_map_is_computed_before_it_is_asked_for(monkeypatch):
    asked = []
    monkeypatch.setattr(Fixed, "grad_cam", lambda self, picture, label, rhythm=None: asked.append(label) or picture)
    st.cache_data.clear()
    app = opened()
    assert asked == []
    app.session_state["beat_map"] = True
    app.run()
    assert len(asked) == 1


def test_the_rhythm_reaches_the_networks_and_a_picture_has_none():
    st.cache_data.clear()
    rhythms.clear()
    app = opened()
    assert len(rhythms) == 2
    assert all(rhythm.shape == (1, len(RHYTHM_FEATURES)) and rhythm[0, -1] == 1 for rhythm in rhythms)
    stream = io.BytesIO()
    Image.fromarray(simulated_beat("ventricular-tachycardia", 1).picture(SIX_TASK)).save(stream, "PNG")
    rhythms.clear()
    app.segmented_control(key="beat_source").set_value(SOURCES[2]).run()
    app.file_uploader(key="beat_picture").set_value(("beat.png", stream.getvalue(), "image/png")).run()
    assert rhythms == [None, None]


@pytest.mark.parametrize(("name", "usual"), [("edan_normal", "II_rhythm"), ("flutter_12x1", "II")])
def test_lead_two_is_chosen_first_on_every_layout(name, usual):
    app = opened(next(sample for sample in samples() if sample.name == name))
    app.segmented_control(key="beat_source").set_value(SOURCES[1]).run()
    assert next(box for box in app.selectbox if box.key.startswith("beat_lead_")).value == usual


def test_a_beat_of_the_open_report_is_marked_as_no_training_data():
    app = opened(SAMPLE)
    app.segmented_control(key="beat_source").set_value(SOURCES[1]).run()
    assert not app.exception
    assert NOT_TRAINING_DATA.format(ORIGINS[SOURCES[1]]) in words(app)
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
    assert "Open a picture of one beat" in words(app)
    stream = io.BytesIO()
    Image.fromarray(simulated_beat("normal-sinus", 0).picture(SIX_TASK)).save(stream, "PNG")
    app.file_uploader(key="beat_picture").set_value(("beat.png", stream.getvalue(), "image/png")).run()
    assert not app.exception
    assert NAMES["beat_net"] in words(app)
    assert "has no spectrum" in words(app)
    assert len(app.segmented_control(key="beat_task_of_picture").options) == 1
    assert MAYBE_TRAINING_DATA in words(app)
    assert not any("1975 to 1979. This beat" in caption.value for caption in app.caption)
    app.file_uploader(key="beat_picture").set_value(("beat.png", b"none", "image/png")).run()
    assert not app.exception
    assert "unsupported_format" in words(app)


def test_results_show_figures_protocols_and_the_faults_of_the_dataset():
    app = opened()
    app.segmented_control(key="beat_part").set_value(RESULTS).run()
    app.session_state["beat_search"] = True
    unfolded(app.run())
    text = words(app)
    assert "2,283 of 6,825" in text
    assert "record 207" in text
    assert "Within DS1 only" in text
    tables = len(app.dataframe)
    table = app.dataframe[0].value
    assert list(table["Network"]) == [*NAMES.values(), "BeatNet, picture only"]
    assert set(PROTOCOL_NAMES.values()) <= set(table.columns)
    app.segmented_control(key="beat_figure").set_value("macro_f1").run()
    assert not app.exception
    assert list(app.dataframe[0].value["Published split"]) != list(table["Published split"])
    assert len(app.dataframe) == tables
    app.selectbox(key="beat_protocol").set_value("deduplicated").run()
    assert not app.exception
