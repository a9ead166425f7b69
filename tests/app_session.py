"""The session of an app under test: a report opened in it, and what it holds."""

from __future__ import annotations

from hashlib import sha256

from streamlit.testing.v1 import AppTest

from ecgviz.app.session_state import KEY, Report, SessionState


def open_report(app: AppTest, data: bytes, file: str = "report", title: str = "") -> AppTest:
    """Open a file in the session of an app that has not run yet."""
    report = Report(file, data, sha256(data).hexdigest(), title)
    app.session_state[KEY] = SessionState(reports={report.sha256: report}, current=report.sha256)
    return app


def state_of(app: AppTest) -> SessionState:
    """Return what the app's session holds."""
    return app.session_state[KEY]


def current_of(app: AppTest) -> Report | None:
    """Return the app's current report."""
    held = state_of(app)
    return None if held.current is None else held.reports[held.current]
