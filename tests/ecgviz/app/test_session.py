"""What a session holds of its reports, and what is cleared with them."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ecgviz.app import caches, session, studies
from ecgviz.app.session import REPORTS_MAX
from ecgviz.app.session_state import KEY, Report, SessionState
from sample_images import samples
from tests.app_session import state_of

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = next(sample for sample in samples() if sample.name == "edan_normal")


@pytest.fixture
def signals() -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=20).run()
    app.button(key=f"sample_{SAMPLE.name}").click().run()
    return app.switch_page("pages/3_Signals.py").run()


@pytest.fixture
def held(monkeypatch) -> SessionState:
    """The state of a session without a browser."""
    held = SessionState()
    monkeypatch.setattr(session.st, "session_state", {KEY: held})
    return held


def close(app: AppTest) -> AppTest:
    return next(button for button in app.button if button.label == "Close report").click().run()


def test_a_report_opened_again_starts_without_the_old_draft(signals):
    read = state_of(signals).draft
    signals.number_input(key="by_hand_edge_Left").set_value(160.0).run()
    assert state_of(signals).draft != read
    close(signals)
    signals.button(key=f"sample_{SAMPLE.name}").click().run()
    assert state_of(signals).draft == read


def test_a_closed_report_does_not_count_as_read(held, monkeypatch):
    monkeypatch.setattr(studies, "read_study", lambda *_, **__: "a study")
    session.keep(b"a page", "page.png")
    report = session.current()
    studies.reading(report)
    assert studies.was_read(report)
    monkeypatch.setattr(caches, "clear_reports", lambda: None)
    session.close()
    assert not studies.was_read(report)


def test_an_interrupted_reading_does_not_count_as_read(held, monkeypatch):
    class Interrupted(BaseException):
        """As Streamlit ends a run whose page is left."""

    def interrupted(*_, **__):
        raise Interrupted

    report = Report("page.png", b"", "0" * 64)
    held.reports, held.current = {report.sha256: report}, report.sha256
    monkeypatch.setattr(studies, "read_study", interrupted)
    with pytest.raises(Interrupted):
        studies.reading(report)
    assert not studies.was_read(report)
    monkeypatch.setattr(studies, "read_study", lambda *_, **__: "a study")
    studies.reading(report)
    assert studies.was_read(report)


def test_a_report_closed_to_make_room_is_cleared_completely(held, monkeypatch):
    cleared = []
    monkeypatch.setattr(session.st, "toast", lambda words: None)
    monkeypatch.setattr(caches, "clear_reports", lambda: cleared.append(True))
    for number in range(REPORTS_MAX):
        session.keep(b"%d" % number, f"{number}.png")
        session.use_corrections(f"set by hand {number}")
    assert len(held.corrections) == REPORTS_MAX
    assert not cleared
    session.keep(b"one more", "more.png")
    assert session.reports()[0].file == "1.png"
    assert len(held.corrections) == REPORTS_MAX - 1
    assert cleared
