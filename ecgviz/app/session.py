"""The open reports of a session, one of which is current, and what belongs to each of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import streamlit as st

from ecgviz.app import caches, widget_state
from ecgviz.app.all_controls import controls
from ecgviz.app.session_state import Report, state
from ecgviz.study import name_of
from ecgviz.words import plain

if TYPE_CHECKING:
    from ecgviz.study import Corrections, HandMeasurement
    from preprocessing.measuring import Measured
    from sample_images import Sample

REPORTS_MAX = 8


def current() -> Report | None:
    """Return the report that every page is about now."""
    held = state()
    return None if held.current is None else held.reports[held.current]


def reports() -> list[Report]:
    """Return the open reports, the oldest first."""
    return list(state().reports.values())


def keep(data: bytes, file: str, title: str = "", drawn_as: str = "") -> None:
    """Open a file and make it current. One report too many closes the oldest, with a message."""
    held = state()
    sha256 = hashlib.sha256(data).hexdigest()
    held.reports.pop(sha256, None)
    while len(held.reports) >= REPORTS_MAX:
        oldest = held.reports.pop(next(iter(held.reports)))
        st.toast(f"{plain(shown_name(oldest))} was closed: at most {REPORTS_MAX} reports are open at once.")
        _clear(oldest.sha256)
    held.reports[sha256] = Report(file, data, sha256, title, drawn_as)
    _clear_corrections(sha256)
    choose(sha256)


def keep_page(data: bytes, file: str, pdf: bytes, page: int, is_chosen: bool) -> None:
    """Open another page of the PDF that the current report is a page of, instead of it."""
    held = state()
    assert held.current is not None
    _clear(held.current)
    del held.reports[held.current]
    sha256 = hashlib.sha256(data).hexdigest()
    held.reports[sha256] = Report(file, data, sha256, pdf=pdf, page=page, is_chosen=is_chosen)
    choose(sha256)


def choose(sha256: str) -> None:
    """Make an open report current; the controls of a report start again."""
    assert sha256 in state().reports
    state().current = sha256
    widget_state.start_again()


def keep_upload(data: bytes, file: str, file_id: str) -> None:
    """Open an uploaded file once: a browser can name it again with a change that follows closely."""
    if state().last_upload != file_id:
        state().last_upload = file_id
        keep(data, file)


def keep_sample(sample: Sample) -> None:
    """Open a simulated sample and empty the uploader."""
    state().uploader_turn += 1
    keep(sample.path.read_bytes(), sample.path.name, sample.title, sample.drawn_as)


def close() -> None:
    """Close the current report and clear all that came of it; the one opened before it becomes current."""
    held = state()
    assert held.current is not None
    closed, held.current = held.current, None
    held.uploader_turn += 1
    del held.reports[closed]
    _clear(closed)
    if held.reports:
        choose(next(reversed(held.reports)))


def uploader_turn() -> int:
    """Count how often the uploader was emptied: under a new key it lets go of its file.

    An upload leaves it alone, because a second file may be dropped before the first is read.
    """
    return state().uploader_turn


def margins_hidden() -> bool:
    """Return whether header, margins and the file's name are hidden wherever a report is shown."""
    return controls.hide_margins


def shown_name(report: Report) -> str:
    """Return a simulated sample's title or the file's name; with hidden margins, the name of its exports."""
    return report.title or (name_of(report.sha256) if margins_hidden() else report.file)


def corrections() -> Corrections | None:
    """Return what the person set by hand for the current report, if anything."""
    held = state()
    return None if held.current is None else held.corrections.get(held.current)


def use_corrections(chosen: Corrections | None, before: dict[str, Measured] | None = None) -> None:
    """Read the current report with these corrections from now on; without any, as the app reads it.

    `before` are the measurements that the edit replaces, to show what it changed.
    """
    held = state()
    assert held.current is not None
    _clear_corrections(held.current)
    if chosen is not None:
        held.corrections[held.current] = chosen
    if before is not None:
        held.before_edit[held.current] = before


def before_edit() -> dict[str, Measured] | None:
    """Return the measurements of the current report before its last edit by hand, if there was one."""
    held = state()
    return None if held.current is None else held.before_edit.get(held.current)


def measured_by_hand() -> tuple[HandMeasurement, ...]:
    """Return what the person measured on the current report, the first one first."""
    held = state()
    return () if held.current is None else held.by_hand.get(held.current, ())


def keep_by_hand(measured: tuple[HandMeasurement, ...]) -> None:
    """Hold what the person measured on the current report."""
    held = state()
    assert held.current is not None
    held.by_hand[held.current] = measured


def _clear(sha256: str) -> None:
    """Clear all work on a closed report; cached results of the others go too and are computed again."""
    _clear_corrections(sha256)
    outcomes = state().outcomes
    for how in [how for how in outcomes if how[0] == sha256]:
        del outcomes[how]
    caches.clear_reports()


def _clear_corrections(sha256: str) -> None:
    """Clear what was set by hand for a report, used or not."""
    held = state()
    held.corrections.pop(sha256, None)
    held.before_edit.pop(sha256, None)
    # They lie on traces that are read again.
    held.by_hand.pop(sha256, None)
    if held.draft is not None and held.draft.sha256 == sha256:
        held.draft = None
