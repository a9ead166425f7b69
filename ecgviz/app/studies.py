"""The study of an open report and what the whole app computes from it, cached for its session."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ecgviz.app import session
from ecgviz.app.caches import of_report
from ecgviz.app.session_state import Report, state
from ecgviz.drawing import page_views, pictures
from ecgviz.predictions import Sensitivity, sensitivity_of
from ecgviz.study import Corrections, Edges, Study, masked_page, open_page, open_study
from models.serving import Prediction
from preprocessing.errors import EcgImageError
from preprocessing.page import Page


def study(report: Report, preset: str = "standard", on_step: Callable[[str], None] = lambda step: None) -> Study:
    """Read a report once, calling `on_step` as each step begins; a refusal is cached too and raised each time."""
    outcome = reading(report, preset, on_step)
    if isinstance(outcome, EcgImageError):
        raise EcgImageError(outcome.code, outcome.message)
    return outcome


def reading(
    report: Report, preset: str = "standard", on_step: Callable[[str], None] = lambda step: None
) -> Study | EcgImageError:
    """Return the study of a report or its refusal. Corrections by hand hold for the standard crops."""
    by_hand = session.corrections() if preset == "standard" else None
    outcome = _outcome(report.sha256, report.file, preset, by_hand, report.data, on_step)
    # Not before: a click can end this run in the middle of the reading.
    state().last_read = (report.sha256, preset, by_hand)
    return outcome


def was_read(report: Report) -> bool:
    """Return whether this report was the last one read, so that it is still cached."""
    return state().last_read == (report.sha256, "standard", session.corrections())


def read_aside(report: Report) -> Study | EcgImageError:
    """Read a report that is not open; corrections by hand belong to the open one."""
    return _outcome(report.sha256, report.file, "standard", None, report.data, lambda step: None)


def page(report: Report) -> Page:
    """Return the page on which a person places the leads."""
    read = reading(report)
    return read.page if isinstance(read, Study) else _page(report.sha256, report.data)


def prediction(study: Study) -> Prediction:
    """Return the networks' prediction of a study, which computes it once; the first in a process loads the networks."""
    with st.spinner("Running the networks"):
        predicted = study.prediction
    assert predicted is not None  # The app's studies are read with their models.
    return predicted


def sensitivity(report: Report, study: Study, network: str) -> Sensitivity:
    """Return what one network's probabilities depend on."""
    return _sensitivity(report.sha256, study.how, network, study)


def page_picture(report: Report, study: Study, overlay: bool, as_read: bool) -> str:
    """Return the original image or the page as read, bare or with lead boxes, as a data URL."""
    return _page_picture(report.sha256, study.how, overlay, as_read, session.margins_hidden(), study)


def bare_page(report: Report, kept: Edges | None, page: Page) -> str:
    """Return the page that lies under the boxes of the layout editor as a data URL; with `kept`, only those edges."""
    return _bare_page(report.sha256, kept, page)


@of_report(st.cache_resource, max_entries=3)
def _outcome(
    sha256: str,
    file: str,
    preset: str,
    by_hand: Corrections | None,
    _data: bytes,
    _on_step: Callable[[str], None],
) -> Study | EcgImageError:
    """Return the study of a report or its refusal."""
    try:
        return open_study(_data, file, preset, by_hand, _on_step)
    except EcgImageError as refusal:
        return refusal


@of_report(st.cache_resource, max_entries=1)
def _page(sha256: str, _data: bytes) -> Page:
    """Return the page on which a person places the leads of a report that was refused."""
    return open_page(_data)


@of_report(st.cache_resource, max_entries=16)
def _sensitivity(sha256: str, how: str | Corrections, network: str, _study: Study) -> Sensitivity:
    """Return what one network's probabilities depend on."""
    return sensitivity_of(_study, network)


@of_report(st.cache_data, max_entries=4)
def _page_picture(
    sha256: str, how: str | Corrections, overlay: bool, as_read: bool, hidden: bool, _study: Study
) -> str:
    """Return one view of a report as a data URL."""
    return pictures.data_url(page_views.picture_of(_study, overlay, as_read, hidden))


@of_report(st.cache_data, max_entries=2)
def _bare_page(sha256: str, kept: Edges | None, _page: Page) -> str:
    """Return a page, or only the edges that are kept, as a data URL."""
    return pictures.data_url(pictures.webp(_page.rgb if kept is None else masked_page(_page.rgb, kept)))
