"""The study of an open report and what the whole app computes from it, cached for its session."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from ecgviz.app import session
from ecgviz.app.caches import of_report
from ecgviz.app.session_state import Report, state
from ecgviz.drawing import page_views, pictures
from ecgviz.predictions import Sensitivity, sensitivity_of
from ecgviz.processes import ReaderBusyError, read_study
from ecgviz.study import Corrections, Edges, FoundSoFar, Study, found_so_far, masked_page
from models.serving import ModelFileError, Prediction
from preprocessing.errors import EcgImageError
from preprocessing.page import Page

if TYPE_CHECKING:
    from ecgviz.app.session_state import OutcomeKey

# A study holds some 90 MB.
OUTCOMES_MAX = 3
NO_NETWORKS = (
    "No prediction: a network's file is missing or damaged; the log names it. Install ecgviz again. Page, leads, "
    "traces and measurements do not need it."
)
_LOG = logging.getLogger(__name__)


def study(report: Report, preset: str = "standard") -> Study:
    """Read a report once; a refusal is cached too and raised each time."""
    outcome = reading(report, preset)
    if isinstance(outcome, EcgImageError):
        raise EcgImageError(outcome.code, outcome.message)
    return outcome


def reading(
    report: Report,
    preset: str = "standard",
    on_step: Callable[[str], None] = lambda step: None,
    on_image: Callable[[np.ndarray], None] = lambda rgb: None,
) -> Study | EcgImageError:
    """Return the study of a report or its refusal, calling `on_step` as each step begins and `on_image` once decoded.

    Corrections by hand hold for the standard crops.
    """
    return _outcome(report, (report.sha256, preset, _by_hand(preset)), on_step, on_image)


def was_read(report: Report) -> bool:
    """Return whether this report was read to the end as it is set now, and is still held."""
    return (report.sha256, "standard", _by_hand("standard")) in state().outcomes


def any_read() -> bool:
    """Return whether this session holds a reading, so that one may stand on the page."""
    return bool(state().outcomes)


def read_aside(report: Report) -> Study | EcgImageError:
    """Read a report that is not open; corrections by hand belong to the open one."""
    return _outcome(report, (report.sha256, "standard", None), lambda step: None, lambda rgb: None)


def page(report: Report) -> Page:
    """Return the page on which a person places the leads."""
    read = reading(report)
    if isinstance(read, Study):
        return read.page
    found = refused_page(report)
    assert found is not None  # The editor is offered only where there is a page.
    return found.page


def refused_page(report: Report) -> FoundSoFar | None:
    """Return what was found of a report that was refused; None where not even its page was."""
    return _refused_page(report.sha256, report.data)


def combined(study: Study) -> Prediction:
    """Return the prediction without the article's networks, sooner than `prediction`: all that a verdict needs."""
    return _predicted(lambda: study.combined)


def prediction(study: Study) -> Prediction:
    """Return the networks' prediction of a study, which computes it once; the first in a process loads the networks.

    Where a network's file is missing or damaged, the page says so and ends here.
    """
    return _predicted(lambda: study.prediction)


def sensitivity(report: Report, study: Study, network: str) -> Sensitivity:
    """Return what one network's probabilities depend on."""
    return _sensitivity(report.sha256, study.how, network, study)


def page_picture(report: Report, study: Study, overlay: bool, as_read: bool) -> str:
    """Return the original image or the page as read, bare or with lead boxes, as a data URL."""
    return _page_picture(report.sha256, study.how, overlay, as_read, session.margins_hidden(), study)


def bare_page(report: Report, kept: Edges | None, page: Page) -> str:
    """Return the page that lies under the boxes of the layout editor as a data URL; with `kept`, only those edges."""
    return _bare_page(report.sha256, kept, page)


def _predicted(compute: Callable[[], Prediction | None]) -> Prediction:
    try:
        with st.spinner("Running the networks"):
            predicted = compute()
    except ModelFileError as error:
        _LOG.error("A network could not be loaded: %s", error)
        st.error(NO_NETWORKS)
        st.stop()
    assert predicted is not None  # The app's studies are read with their models.
    return predicted


def _by_hand(preset: str) -> Corrections | None:
    return session.corrections() if preset == "standard" else None


def _outcome(
    report: Report, how: OutcomeKey, on_step: Callable[[str], None], on_image: Callable[[np.ndarray], None]
) -> Study | EcgImageError:
    """Return the study of a report or its refusal, as the session holds it or read now.

    Not by Streamlit's cache: that records what is drawn meanwhile, to draw it again on the next call.
    """
    held = state().outcomes
    if how in held:
        # The oldest is dropped first: this one is in use.
        held[how] = held.pop(how)
        return held[how]
    outcome: Study | EcgImageError
    try:
        outcome = read_study(report.data, report.file, how[1], how[2], on_step, on_image)
    except ReaderBusyError as busy:
        # Not kept: the next click tries again.
        return busy
    except EcgImageError as refusal:
        outcome = refusal
    # Not before: a click can end this run in the middle of the reading.
    held[how] = outcome
    while len(held) > OUTCOMES_MAX:
        held.pop(next(iter(held)))
    return outcome


@of_report(st.cache_resource, max_entries=1)
def _refused_page(sha256: str, _data: bytes) -> FoundSoFar | None:
    """Return what was found of a report that was refused; None where not even its page was."""
    try:
        return found_so_far(_data)
    except EcgImageError:
        return None


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
