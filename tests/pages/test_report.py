"""Report, run as a script: nothing open, a sample open, a file refused, and each control."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ecgviz.study import name_of
from models.serving import predictor
from sample_images import samples
from tests.app_session import current_of, open_report
from tests.conftest import fixed_prediction

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = {sample.name: sample for sample in samples()}
PAGE = "pages/8_Report.py"


def opened(name: str | bytes, page: str = PAGE) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    data = name if isinstance(name, bytes) else SAMPLES[name].path.read_bytes()
    open_report(app, data, "Doe_Jane.jpg")
    return app.switch_page(page).run()


@pytest.fixture
def app() -> AppTest:
    return opened("edan_normal")


def picture(app: AppTest):
    return app.get("image")[0].proto.imgs[0]


def words(app: AppTest) -> str:
    return "\n".join(element.value for kind in (app.caption, app.warning, app.markdown) for element in kind)


def test_opened_first_it_offers_a_sample():
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=40)
    app.switch_page(PAGE).run()
    assert not app.exception
    assert "No report is open" in app.info[0].value


def test_it_shows_the_pdfs_first_page_and_offers_four_files(app):
    assert not app.exception
    assert app.toggle(key="report_hidden").value
    count = len(app.segmented_control(key="report_page").options)
    assert picture(app).alt == f"Page 1 of {count} of the report as a PDF"
    assert [element.proto.label for element in app.get("download_button")] == ["PDF", "HTML", "DICOM", "FHIR"]
    assert f"PDF: {count} pages" in words(app)


def test_each_page_of_the_pdf_can_be_previewed(app):
    first = picture(app).url
    app.segmented_control(key="report_page").set_value(4).run()
    assert picture(app).alt.startswith("Page 4 of ")
    assert picture(app).url != first
    app.pills(key="report_parts").set_value(["facts"]).run()
    assert not app.exception
    assert picture(app).alt.startswith("Page 1 of 1")


def test_showing_the_header_warns_and_ends_with_the_report(app):
    masked = picture(app).url
    app.toggle(key="report_hidden").set_value(False).run()
    assert "shows header and margins" in words(app)
    assert picture(app).url != masked
    app.switch_page("streamlit_app.py").run()
    app.switch_page(PAGE).run()
    assert not app.toggle(key="report_hidden").value
    app.switch_page("streamlit_app.py").run()
    app.button(key="sample_pvc_6x2").click().run()
    app.switch_page(PAGE).run()
    assert app.toggle(key="report_hidden").value


def test_parts_can_be_left_out(app):
    app.pills(key="report_parts").set_value(["page", "traces"]).run()
    assert not app.exception
    assert "PDF: 2 pages" in words(app)
    app.switch_page("streamlit_app.py").run()
    app.switch_page(PAGE).run()
    assert app.pills(key="report_parts").value == ["page", "traces"]
    app.pills(key="report_parts").set_value([]).run()
    assert not app.exception
    assert "PDF: 1 page," in words(app)


def test_the_networks_run_once_whatever_the_report_shows(monkeypatch):
    calls = []
    monkeypatch.setattr(predictor, "networks", lambda: lambda *given: calls.append(given) or fixed_prediction(*given))
    # No other test here opens this sample: what was read once stays cached.
    app = opened("edan_lbbb")
    assert len(calls) == 1
    app.pills(key="report_parts").set_value(["facts", "traces"]).run()
    assert len(calls) == 1


def test_only_the_heading_shows_the_file_name(app):
    assert name_of(current_of(app).sha256) not in words(app)
    assert "Doe" not in picture(app).alt
    assert "Doe" not in "\n".join(element.value for element in app.caption)


def test_a_refused_file_has_no_report():
    app = opened("document")
    assert not app.exception
    assert len(app.error) == 1
    assert not app.get("download_button")
