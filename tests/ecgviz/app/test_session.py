"""What a session holds of its reports, and what it lets go of with them."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ecgviz.app import caches, session
from ecgviz.app.session import REPORTS_MAX
from sample_images import samples

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = next(sample for sample in samples() if sample.name == "edan_normal")


@pytest.fixture
def signals() -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20).run()
    app.button(key=f"sample_{SAMPLE.name}").click().run()
    return app.switch_page("pages/3_Signals.py").run()


def close(app: AppTest) -> AppTest:
    return next(button for button in app.button if button.label == "Close report").click().run()


def test_a_report_opened_again_brings_no_lines_of_before(signals):
    read = signals.session_state["draft"]
    signals.number_input(key="by_hand_Left").set_value(160.0).run()
    assert signals.session_state["draft"] != read
    close(signals)
    signals.button(key=f"sample_{SAMPLE.name}").click().run()
    assert signals.session_state["draft"] == read


def test_a_closed_report_does_not_count_as_read(monkeypatch):
    monkeypatch.setattr(session.st, "session_state", {})
    monkeypatch.setattr(caches, "outcome", lambda *_: "a study")
    session.keep(b"a page", "page.png")
    report = session.current()
    session.reading(report)
    assert session.was_read(report)
    monkeypatch.setattr(caches, "forget_reports", lambda: None)
    session.close()
    assert not session.was_read(report)


def test_a_reading_that_was_broken_off_does_not_count_as_read(monkeypatch):
    class BrokenOff(BaseException):
        """As Streamlit ends a run whose page is left."""

    def broken(*_):
        raise BrokenOff

    report = session.Report("page.png", b"", "0" * 64)
    monkeypatch.setattr(session.st, "session_state", {"report": report})
    monkeypatch.setattr(caches, "outcome", broken)
    with pytest.raises(BrokenOff):
        session.reading(report)
    assert not session.was_read(report)
    monkeypatch.setattr(caches, "outcome", lambda *_: "a study")
    session.reading(report)
    assert session.was_read(report)


def test_the_report_that_makes_room_takes_everything_with_it(monkeypatch):
    state: dict = {}
    forgotten = []
    monkeypatch.setattr(session.st, "session_state", state)
    monkeypatch.setattr(session.st, "toast", lambda words: None)
    monkeypatch.setattr(caches, "forget_reports", lambda: forgotten.append(True))
    for number in range(REPORTS_MAX):
        session.keep(b"%d" % number, f"{number}.png")
        session.use_corrections(f"set by hand {number}")
    assert len(state["corrections"]) == REPORTS_MAX
    assert not forgotten
    session.keep(b"one more", "more.png")
    assert session.reports()[0].file == "1.png"
    assert len(state["corrections"]) == REPORTS_MAX - 1
    assert forgotten
