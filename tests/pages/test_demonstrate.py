"""Demonstrate, run as a script: nine screens, the address, what would go wrong, and the sliders."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ecgviz.learn.demo_steps import KEYS, STEPS
from sample_images import samples
from tests.app_session import open_report
from tests.conftest import STAND_IN

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = next(sample for sample in samples() if sample.name == "edan_normal")


def opened(step: str = "") -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=40)
    open_report(app, SAMPLE.path.read_bytes(), SAMPLE.name)
    app.switch_page("pages/11_Demonstrate.py")
    if step:
        app.query_params["step"] = step
    return app.run()


def large(app: AppTest) -> str:
    """Return the address of the large picture."""
    return app.get("image")[-1].proto.imgs[0].url


def shown(app: AppTest) -> str:
    return "\n".join(element.value for kind in (app.header, app.markdown, app.caption) for element in kind)


@pytest.mark.parametrize("step", STEPS, ids=KEYS)
def test_each_step_has_its_screen(step):
    app = opened(step.key)
    assert not app.exception
    assert app.header[0].value == f"{KEYS.index(step.key) + 1}. {step.title}"
    assert step.says[0] in shown(app).replace("\\", "")
    assert "doi 10.22214/ijraset.2024.59181" in shown(app).replace("\\", "")
    app.button(key="demo_fault").click().run()
    assert not app.exception
    assert step.goes_wrong[0] in shown(app).replace("\\", "")


def test_next_and_back_move_the_step_in_the_address():
    app = opened()
    assert app.button(key="demo_back").disabled
    app.button(key="demo_next").click().run()
    assert app.query_params["step"] in (["grayscale"], "grayscale")
    app.button(key="demo_verdict").click().run()
    assert app.button(key="demo_next").disabled
    app.button(key="demo_back").click().run()
    assert app.query_params["step"] in (["leads"], "leads")


def test_what_would_go_wrong_ends_with_the_step():
    app = opened("grayscale")
    before = large(app)
    app.button(key="demo_fault").click().run()
    assert large(app) != before
    app.button(key="demo_next").click().run()
    app.button(key="demo_back").click().run()
    assert large(app) == before


def test_the_sliders_move_the_picture():
    app = opened("smoothed")
    before = large(app)
    app.slider(key="sigma").set_value(4.0).run()
    assert not app.exception
    assert large(app) != before


def test_a_filmstrip_shows_every_step():
    assert len(opened().get("image")) == len(STEPS) + 1


def test_without_a_report_it_shows_a_sample_and_without_networks_it_says_so(monkeypatch):
    monkeypatch.setattr(STAND_IN, "by_name", {"trace_cnn": None})
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=40)
    app.switch_page("pages/11_Demonstrate.py")
    app.query_params["sample"] = "edan_normal"
    app.query_params["step"] = "verdict"
    app.run()
    assert not app.exception
    assert any("No network over pictures ships" in info.value for info in app.info)
