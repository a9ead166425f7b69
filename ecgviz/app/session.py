"""What one browser session holds: its open reports, one of which is current, and what its controls say."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import streamlit as st

from ecgviz.app import caches
from ecgviz.drawing import page_views
from ecgviz.study import Corrections, name_of
from ecgviz.words import plain
from preprocessing.stages import StageSettings
from sample_images import Sample

PAPER = StageSettings()
REPORTS_MAX = 8
DEFAULTS: dict[str, str | float | bool] = {
    "overlay": True,
    "view": page_views.AS_IT_CAME,
    "preset": "standard",
    "lead": "I",
    "stage": "otsu",
    "sigma": PAPER.sigma,
    "shift": PAPER.threshold_shift,
    "first": "grayscale",
    "second": "binary",
    "manner": "Side by side",
    "share": 50,
    "wall_shown": "Page and trace",
    "wall_map": "seen",
    "wall_network": "cnn",
    # What leaves the app is masked unless a person unticks it for this very report.
    "report_hidden": True,
    "report_page": 1,
}
# Controls whose choices depend on the report; they start anew with the next.
OF_REPORT = ("asked_class", "wall_class", "left_out")
# What holds for the whole session, whichever report is current.
LASTING: dict[str, bool] = {"hide_margins": False, "camera_on": False}


@dataclass(frozen=True)
class Report:
    """The file that a session has open: its own copy of the bytes. Only a drawn sample has a title."""

    file: str
    data: bytes
    sha256: str
    title: str = ""


def remember() -> None:
    """Give every control that has no value yet the one it starts with."""
    for name, value in (DEFAULTS | LASTING).items():
        st.session_state.setdefault(name, value)


def current() -> Report | None:
    """Return the report that every page is about now."""
    return st.session_state.get("report")


def reports() -> list[Report]:
    """Return the open reports, the oldest first."""
    return list(_open().values())


def keep(data: bytes, file: str, title: str = "") -> None:
    """Open a file and make it current. One report too many lets go of the oldest, and says so."""
    sha256 = hashlib.sha256(data).hexdigest()
    others = {key: report for key, report in _open().items() if key != sha256}
    while len(others) >= REPORTS_MAX:
        oldest = others.pop(next(iter(others)))
        st.toast(f"{plain(shown_name(oldest))} was closed: at most {REPORTS_MAX} reports are open at once.")
        _forget(oldest.sha256)
    st.session_state["reports"] = {**others, sha256: Report(file, data, sha256, title)}
    _forget_corrections(sha256)
    choose(sha256)


def choose(sha256: str) -> None:
    """Make an open report current. Controls start again."""
    st.session_state["report"] = _open()[sha256]
    st.session_state.update(DEFAULTS)
    for name in OF_REPORT:
        st.session_state.pop(name, None)


def keep_upload(data: bytes, file: str, file_id: str) -> None:
    """Open an uploaded file, once: a browser can name it again with a change that follows it closely."""
    if st.session_state.get("taken") != file_id:
        st.session_state["taken"] = file_id
        keep(data, file)


def keep_sample(sample: Sample) -> None:
    """Open a drawn sample; the uploader comes back empty."""
    st.session_state["turn"] = turn() + 1
    keep(sample.path.read_bytes(), sample.path.name, sample.title)


def close() -> None:
    """Forget the current report, the upload and what was computed; the one opened before it becomes current."""
    st.session_state["turn"] = turn() + 1
    closed = st.session_state.pop("report").sha256
    st.session_state["reports"] = {key: report for key, report in _open().items() if key != closed}
    _forget(closed)
    if _open():
        choose(next(reversed(_open())))


def turn() -> int:
    """Count how often the uploader was emptied: under a new key it lets go of its file.

    An upload leaves it alone. Whoever opens one file may drop the next before the first is read.
    """
    return st.session_state.get("turn", 0)


def margins_hidden() -> bool:
    """Tell whether header, margins and the file's name are hidden wherever a report is shown."""
    return bool(st.session_state.get("hide_margins"))


def shown_name(report: Report) -> str:
    """Return a drawn sample's title or the file's name; where margins are hidden, what exports are named."""
    return report.title or (name_of(report.sha256) if margins_hidden() else report.file)


def corrections() -> Corrections | None:
    """Return what the person set by hand for the current report, if anything."""
    report = current()
    return None if report is None else st.session_state.get("corrections", {}).get(report.sha256)


def use_corrections(chosen: Corrections | None) -> None:
    """Read the current report with these corrections from now on, or as it reads by itself."""
    report = current()
    assert report is not None
    _forget_corrections(report.sha256)
    if chosen is not None:
        st.session_state["corrections"] = {**st.session_state["corrections"], report.sha256: chosen}


def _forget(sha256: str) -> None:
    """Forget all work on a report that is closed; what was computed of others goes with it and is computed again."""
    _forget_corrections(sha256)
    st.session_state.pop("read_last", None)
    caches.forget_reports()


def _forget_corrections(sha256: str) -> None:
    """Forget what was set by hand for a report, and what of it was not used yet."""
    kept = st.session_state.get("corrections", {})
    st.session_state["corrections"] = {key: chosen for key, chosen in kept.items() if key != sha256}
    if st.session_state.get("draft_of") == sha256:
        st.session_state.pop("draft", None)


def _open() -> dict[str, Report]:
    # A report that became current by other ways than `keep` is open all the same.
    kept: dict[str, Report] = st.session_state.get("reports", {})
    report = current()
    return kept if report is None or report.sha256 in kept else {**kept, report.sha256: report}
