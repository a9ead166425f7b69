"""Compare, run as a script: one report alone, two reports, and a second one that is refused."""

from hashlib import sha256
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ecgviz.app.session_state import KEY, Report, SessionState
from ecgviz.export.report import COMPARISON_HEAD
from ecgviz.sections.comparison import ONE_ALONE
from sample_images import samples

ROOT = Path(__file__).resolve().parents[2]
GALLERY = ROOT / "sample_images" / "gallery"
SAMPLES = {sample.name: sample for sample in samples()}
PAGE = "pages/12_Compare.py"


def compared(*files: Path) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=90)
    held = [Report(file.name, file.read_bytes(), sha256(file.read_bytes()).hexdigest(), "") for file in files]
    app.session_state[KEY] = SessionState(reports={one.sha256: one for one in held}, current=held[-1].sha256)
    return app.switch_page(PAGE).run()


def test_a_report_alone_asks_for_another():
    app = compared(SAMPLES["edan_normal"].path)
    assert not app.exception
    assert ONE_ALONE in [element.value for element in app.info]
    assert not app.dataframe


@pytest.fixture(scope="module")
def two() -> AppTest:
    return compared(SAMPLES["edan_normal"].path, SAMPLES["edan_acute_inferior"].path)


def test_two_reports_are_shown_with_their_differences(two):
    assert not two.exception
    assert [heading.value for heading in two.subheader] == ["Sheets", "Median beats", "Differences", "Download"]
    table = two.dataframe[0].value
    assert tuple(table.columns) == COMPARISON_HEAD
    assert table.iloc[-1, 0] == "Prediction"
    assert [element.proto.label for element in two.get("download_button")] == ["PDF"]
    places = [element.value for element in two.markdown if element.value.startswith("**First**")]
    assert len(places) == 1


def test_a_second_report_that_is_refused_is_named():
    app = compared(GALLERY / "document.png", SAMPLES["edan_normal"].path)
    assert not app.exception
    assert "was not read" in app.error[0].value
    assert not app.dataframe
