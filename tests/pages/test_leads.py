"""Leads, run as a script: the wall, its controls, and one lead enlarged."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from ecgviz.app import studies
from ecgviz.predictions import Sensitivity, row_names
from ecgviz.sections.leads import ENLARGED
from models.classes import CLASSES
from sample_images import samples
from tests.app_session import open_report, state_of

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = {sample.name: sample for sample in samples()}


def some_sensitivity(study, network: str) -> Sensitivity:
    rng = np.random.default_rng(len(network))
    along = [
        {
            "class": label,
            "row": row,
            "start_s": n / 4,
            "stop_s": (n + 1) / 4,
            "grad_cam": rng.random(),
            "occlusion": rng.random(),
        }
        for label in CLASSES
        for row in row_names()
        for n in range(10)
    ]
    return Sensitivity(pd.DataFrame(), pd.DataFrame(along), pd.DataFrame())


@pytest.fixture
def leads(monkeypatch):
    monkeypatch.setattr(studies, "sensitivity_of", some_sensitivity)

    def opened(name: str | bytes) -> AppTest:
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        open_report(app, name if isinstance(name, bytes) else SAMPLES[name].path.read_bytes())
        return app.switch_page("pages/2_Leads.py").run()

    return opened


def pictures(app: AppTest) -> dict[str, str]:
    shown = [image.proto.imgs[0] for image in app.get("image")]
    return {picture.alt: picture.url for picture in shown}


def test_opened_first_it_offers_a_sample():
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=40)
    app.switch_page("pages/2_Leads.py").run()
    assert not app.exception
    assert any("No report is open" in info.value for info in app.info)


def test_a_refused_file_shows_no_wall(leads):
    app = leads(SAMPLES["document"].path.read_bytes())
    assert not app.exception
    assert app.error
    assert not app.segmented_control
    assert [link.proto.label for link in app.get("page_link")[-1:]] == ["Open another report on Home"]


def test_an_unknown_layout_links_to_the_layout_editor(leads, page_of_no_layout):
    app = leads(page_of_no_layout)
    assert "Set the layout by hand" in [link.proto.label for link in app.get("page_link")]


@pytest.mark.parametrize(("name", "cards"), [("edan_normal", 13), ("pvc_6x2", 13), ("flutter_12x1", 12)])
def test_every_lead_has_a_card_with_both_networks_probabilities(leads, name, cards):
    app = leads(name)
    assert not app.exception
    assert len([button for button in app.button if button.label == "Open"]) == cards
    assert len([alt for alt in pictures(app) if alt.startswith("Grad-CAM for")]) == cards
    assert len(app.get("image")) == 3 * cards


def test_each_control_changes_the_cards(leads):
    app = leads("edan_normal")
    seen = {frozenset(pictures(app).values())}
    for key, value in (("wall_network", "trace_cnn_lstm"), ("wall_map", "occlusion"), ("wall_shown", "Trace")):
        app.segmented_control(key=key).set_value(value).run()
        assert not app.exception
        assert frozenset(pictures(app).values()) not in seen
        seen.add(frozenset(pictures(app).values()))
    leads_alone = {alt: url for alt, url in pictures(app).items() if alt.endswith(": trace")}
    app.selectbox(key="wall_class").set_value(CLASSES[3]).run()
    assert frozenset(pictures(app).values()) not in seen
    # The map alone is drawn anew.
    assert leads_alone.items() <= pictures(app).items()
    app.segmented_control(key="wall_map").set_value("none").run()
    assert app.selectbox(key="wall_class").disabled
    assert not any(" over " in alt for alt in pictures(app))


def test_a_lead_is_enlarged_and_its_neighbours_follow(leads):
    app = leads("edan_normal")
    app.button(key="wall_open_V2").click().run()
    assert not app.exception
    assert [one.value for one in app.subheader] == ["V2"]
    assert {metric.label for metric in app.metric} == {"Read", "From, to", "Lowest, highest"}
    assert next(metric.value for metric in app.metric if metric.label == "From, to").startswith("5.00")
    app.button(key="wall_step_1").click().run()
    assert state_of(app).slots[ENLARGED.name] == "V5"
