"""The study of an open report, and what comes of it for the whole app: read once, kept for its session."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ecgviz.app import session
from ecgviz.app.caches import of_report
from ecgviz.app.session import Report
from ecgviz.drawing import page_views, pictures
from ecgviz.predictions import Sensitivity, sensitivity_of
from ecgviz.study import Corrections, Edges, Study, masked_page, open_page, open_study
from models.serving import Prediction, predictor
from preprocessing.errors import EcgImageError
from preprocessing.page import Page


def study(report: Report, preset: str = "standard", tell: Callable[[str], None] = lambda step: None) -> Study:
    """Read a report once, telling each step as it begins; a refusal is remembered too, and raised again each time."""
    outcome = reading(report, preset, tell)
    if isinstance(outcome, EcgImageError):
        raise EcgImageError(outcome.code, outcome.message)
    return outcome


def reading(
    report: Report, preset: str = "standard", tell: Callable[[str], None] = lambda step: None
) -> Study | EcgImageError:
    """Return the study of a report, or why there is none. What was set by hand holds for the standard crops."""
    by_hand = session.corrections() if preset == "standard" else None
    outcome = _outcome(report.sha256, report.file, preset, by_hand, report.data, tell)
    # Not before: a click can end this run in the middle of the reading.
    st.session_state["read_last"] = (report.sha256, preset, by_hand)
    return outcome


def was_read(report: Report) -> bool:
    """Tell whether this report was the last one read, so that nobody has to wait for it."""
    return bool(st.session_state.get("read_last") == (report.sha256, "standard", session.corrections()))


def page(report: Report) -> Page:
    """Return the page on which a person places the leads."""
    read = reading(report)
    return read.page if isinstance(read, Study) else _page(report.sha256, report.data)


def prediction(report: Report, study: Study) -> Prediction:
    """Return what the networks answer, asked once for each way of reading a report."""
    return _prediction(report.sha256, study.how, study)


def sensitivity(report: Report, study: Study, network: str) -> Sensitivity:
    """Return what one network's scores depend on, found once."""
    return _sensitivity(report.sha256, study.how, network, study)


def read_aside(report: Report) -> Study | EcgImageError:
    """Read a report that is not open: whatever a person set by hand belongs to the open one."""
    return _outcome(report.sha256, report.file, "standard", None, report.data, lambda step: None)


def page_picture(report: Report, study: Study, overlay: bool, view: str) -> str:
    """Return the address of the picture as it came, or of the page as it was read, bare or with its lead boxes."""
    return _page_picture(report.sha256, study.how, overlay, view, session.margins_hidden(), study)


def bare_page(report: Report, kept: Edges | None, page: Page) -> str:
    """Return the address of a page as it lies under the boxes that a person moves; with `kept`, only that of it."""
    return _bare_page(report.sha256, kept, page)


@of_report(st.cache_resource, max_entries=3)
def _outcome(
    sha256: str,
    file: str,
    preset: str,
    by_hand: Corrections | None,
    _data: bytes,
    _tell: Callable[[str], None],
) -> Study | EcgImageError:
    """Return the study of a report, or why there is none."""
    try:
        return open_study(_data, file, preset, by_hand, _tell)
    except EcgImageError as refusal:
        return refusal


@of_report(st.cache_resource, max_entries=1)
def _page(sha256: str, _data: bytes) -> Page:
    """Return the page on which a person places the leads of a report that was refused."""
    return open_page(_data)


@of_report(st.cache_resource, max_entries=8, spinner="Asking the networks")
def _prediction(sha256: str, how: str | Corrections, _study: Study) -> Prediction:
    """Return what the networks answer."""
    return predictor.networks()(_study.traces, _study.measurements.beats)


@of_report(st.cache_resource, max_entries=16)
def _sensitivity(sha256: str, how: str | Corrections, network: str, _study: Study) -> Sensitivity:
    """Return what one network's scores depend on."""
    return sensitivity_of(_study, network)


@of_report(st.cache_data, max_entries=4)
def _page_picture(sha256: str, how: str | Corrections, overlay: bool, view: str, hidden: bool, _study: Study) -> str:
    """Return the address of the picture as it came, or of the page as it was read, bare or with its lead boxes."""
    return pictures.data_url(page_views.picture_of(_study, overlay, view, hidden))


@of_report(st.cache_data, max_entries=2)
def _bare_page(sha256: str, kept: Edges | None, _page: Page) -> str:
    """Return the address of a page as it lies under the boxes that a person moves; with `kept`, only that of it."""
    return pictures.data_url(pictures.webp(_page.rgb if kept is None else masked_page(_page.rgb, kept)))
