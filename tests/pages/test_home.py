"""Home, run as a script: nothing open, a sample open, a file refused."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ecgviz.app import ui
from ecgviz.app.session import REPORTS_MAX
from ecgviz.words import page_facts
from sample_images import samples
from tests.app_session import current_of, state_of

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = next(sample for sample in samples() if sample.name == "edan_normal")


def fresh() -> AppTest:
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20)


@pytest.fixture
def home() -> AppTest:
    return fresh().run()


@pytest.fixture(scope="module")
def empty() -> AppTest:
    return fresh().run()


@pytest.fixture(scope="module")
def loaded() -> AppTest:
    app = fresh().run()
    return app.button(key=f"sample_{SAMPLE.name}").click().run()


def words(app: AppTest) -> str:
    kinds = (app.title, app.subheader, app.markdown, app.caption, app.error, app.warning, app.info)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def test_empty_home_offers_upload_and_samples(empty):
    assert not empty.exception
    assert len(empty.file_uploader) == 1
    assert len(empty.get("image")) == len(samples())
    assert "Simulated, no patient" in words(empty)
    assert not empty.metric


def test_menu_and_disclaimer_appear_once(empty):
    assert [link.label for link in empty.page_link] == [name for _, name in ui.PAGES]
    assert words(empty).count(ui.DISCLAIMER) == 1


def test_the_menu_lists_every_page():
    pages = {"streamlit_app.py", *(f"pages/{page.name}" for page in (ROOT / "pages").glob("*.py"))}
    assert {path for path, _ in ui.PAGES} == pages


def test_sample_is_read_and_shown(loaded):
    assert not loaded.exception
    assert not loaded.error
    figures = {metric.label: metric.value for metric in loaded.metric}
    assert figures["Layout"] == f"3 {page_facts.TIMES} 4 + 1"
    assert figures["Leads"] == "12 + II"
    assert figures["Speed, from the columns"] == "25 mm/s"
    assert figures["Scale, from the grid"].endswith("px/mm")
    assert figures["Gain, from the pulse"] == "10 mm/mV"
    assert loaded.get("image")[0].proto.imgs[0].alt.endswith("with 13 lead boxes")
    assert SAMPLE.title.split(",")[0] in words(loaded)


def test_a_sample_says_what_it_was_drawn_as_and_an_upload_does_not(loaded, home):
    assert f"Drawn as {SAMPLE.drawn_as}" in words(loaded)
    home.file_uploader[0].set_value(("mine.jpg", SAMPLE.path.read_bytes(), "image/jpeg")).run()
    assert "Drawn as" not in words(home)


def test_lead_boxes_can_be_hidden(home):
    home.button(key=f"sample_{SAMPLE.name}").click().run()
    home.toggle(key="overlay").set_value(False).run()
    assert "lead boxes" not in home.get("image")[0].proto.imgs[0].alt


def test_a_flattened_page_can_be_compared_with_its_original(home):
    home.button(key="sample_photo_inferior").click().run()
    assert not home.exception
    figures = {metric.label: metric.value for metric in home.metric}
    assert figures["Page, flattened"].endswith(" right")
    assert "flattened along its grid" in words(home)
    as_it_came = home.get("image")[0].proto.imgs[0]
    home.segmented_control(key="as_read").set_value(True).run()
    as_read = home.get("image")[0].proto.imgs[0]
    assert as_read.url != as_it_came.url
    assert ", as read" in as_read.alt


def test_a_flat_page_has_one_view(loaded):
    assert "as_read" not in {one.key for one in loaded.segmented_control}
    assert "flattened" not in words(loaded)


def test_upload_is_copied_and_read(home):
    home.file_uploader[0].set_value(("mine.jpg", SAMPLE.path.read_bytes(), "image/jpeg")).run()
    assert not home.exception
    assert not home.error
    assert current_of(home).file == "mine.jpg"
    assert current_of(home).data == SAMPLE.path.read_bytes()
    assert "simulated sample" not in words(home).split("Simulated, no patient")[0]


def test_a_refusal_gives_its_code_and_the_app_works_on(home):
    home.file_uploader[0].set_value(("notes_[x](http:y).png", b"this is no image", "image/png")).run()
    assert not home.exception
    assert len(home.error) == 1
    assert "Code: `" in home.error[0].value
    assert not home.metric
    assert "](http:y)" not in words(home)
    home.button(key=f"sample_{SAMPLE.name}").click().run()
    assert not home.error
    assert home.metric


def test_the_same_upload_does_not_open_twice():
    def script():
        from ecgviz.app import session

        session.keep_upload(b"first", "first.png", "upload-1")
        session.keep(b"second", "second.png")
        session.keep_upload(b"first", "first.png", "upload-1")

    app = AppTest.from_function(script).run()
    assert current_of(app).file == "second.png"


def test_a_refused_file_hides_the_previous_report(home):
    home.button(key=f"sample_{SAMPLE.name}").click().run()
    home.file_uploader[0].set_value(("bad.png", b"", "image/png")).run()
    assert home.error
    assert not home.metric


def test_several_reports_stay_open_and_one_is_current():
    def script():
        from ecgviz.app import session

        for name in ("first", "second", "first"):
            session.keep(name.encode(), f"{name}.png")

    app = AppTest.from_function(script).run()
    assert [report.file for report in state_of(app).reports.values()] == ["second.png", "first.png"]
    assert current_of(app).file == "first.png"


def test_one_report_too_many_closes_the_oldest_with_a_message():
    def script():
        from ecgviz.app import session

        for number in range(session.REPORTS_MAX + 1):
            session.keep(str(number).encode(), f"{number}.png")

    app = AppTest.from_function(script).run()
    assert next(report.file for report in state_of(app).reports.values()) == "1.png"
    assert len(state_of(app).reports) == REPORTS_MAX
    assert "was closed" in app.toast[0].value


def test_closing_a_report_returns_to_the_previous_one():
    def script():
        from ecgviz.app import session

        session.keep(b"first", "first.png")
        session.keep(b"second", "second.png")
        session.close()

    app = AppTest.from_function(script).run()
    assert current_of(app).file == "first.png"
    assert len(state_of(app).reports) == 1


def test_another_open_report_can_be_made_current(home):
    home.button(key=f"sample_{SAMPLE.name}").click().run()
    home.button(key="sample_pvc_6x2").click().run()
    assert {metric.value for metric in home.metric} >= {f"6 {page_facts.TIMES} 2 + 1"}
    first = next(iter(state_of(home).reports))
    home.selectbox(key="current_report").set_value(first).run()
    assert not home.exception
    assert {metric.value for metric in home.metric} >= {f"3 {page_facts.TIMES} 4 + 1"}
    assert home.selectbox(key="current_report").value == first


def test_the_camera_starts_only_when_switched_on(home):
    assert not home.get("camera_input")
    home.toggle(key="camera_on").set_value(True).run()
    assert not home.exception
    assert len(home.get("camera_input")) == 1
    home.button(key=f"sample_{SAMPLE.name}").click().run()
    assert home.toggle(key="camera_on").value


def test_home_shows_measurements_and_links_on(loaded):
    assert {"Heart rate", "QRS", "QT"} <= {metric.label for metric in loaded.metric}
    links = [link.label for link in loaded.page_link]
    assert len(links) == len(set(links))


def test_closing_clears_the_report(home):
    home.button(key=f"sample_{SAMPLE.name}").click().run()
    next(button for button in home.button if button.label == "Close report").click().run()
    assert current_of(home) is None
    assert len(home.get("image")) == len(samples())


def test_st_and_criteria_are_shown_with_their_sources(loaded):
    shown = words(loaded)
    assert "ST and morphology" in shown
    assert "Fourth Universal Definition" in shown
    assert "not diagnoses" in shown


def test_what_the_recorder_printed_is_shown_beside_what_is_measured(loaded):
    shown = words(loaded)
    assert "Printed by the recorder" in shown
    assert "printed as 0.67 to 25 Hz, can shift ST" in shown.replace("\\", "")
    table = next(frame.value for frame in loaded.dataframe if "Printed" in frame.value.columns)
    assert table["Measurement"].tolist() == ["Heart rate"]
    assert table["Printed"].tolist() == ["70 bpm"]


def test_the_map_of_st_shows_another_moment(home):
    home.button(key=f"sample_{SAMPLE.name}").click().run()
    home.segmented_control(key="st_moment").set_value("st_j_mv").run()
    assert not home.exception
    assert "J point" in str(home.main)
