"""What a person sees while a report is being read: the picture as soon as it is decoded, and each step ticked off."""

from __future__ import annotations

from time import sleep

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ecgviz.app import pdf_choice, refused_view, session, studies
from ecgviz.app.components import to_top
from ecgviz.app.session_state import Report
from ecgviz.drawing import jpeg
from ecgviz.study import STEPS, Study
from ecgviz.words import plain
from preprocessing.errors import EcgImageError

# Messages of one moment reach the browser together, and the last of one place wins: without a pause the former report
# would stand there until the new one is drawn over it.
CLEARED_S = 0.06
# Wide enough to recognise a report, small enough to be encoded and sent within some 30 ms.
PICTURE_PX = 1000
DONE, NOW, LATER = ":material/check:", ":material/progress_activity:", ":material/radio_button_unchecked:"


def read(report: Report, place: DeltaGenerator) -> Study | None:
    """Read the current report in a place of the page, and show there why it was refused; None then.

    What stood there is cleared first. Of a PDF whose first page is no report, the next pages are tried.
    """
    outcome = studies.reading(report) if studies.was_read(report) else _shown_reading(report, place)
    if isinstance(outcome, Study):
        return outcome
    with place.container():
        refused_view.show(report, outcome)
    return None


def _shown_reading(report: Report, place: DeltaGenerator) -> Study | EcgImageError:
    place.empty()
    if studies.any_read():
        sleep(CLEARED_S)
    with place.container(), st.container(key="opening"):
        to_top(key="to_top", data={"version": report.sha256})
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**Reading {plain(session.shown_name(report))}**", width="content")
            st.button("Cancel", icon=":material/close:", on_click=session.close)
        steps, picture = st.empty(), st.empty()
        outcome = studies.reading(
            report, on_step=lambda step: _tick(steps, step), on_image=lambda rgb: _show(picture, rgb)
        )
        if isinstance(outcome, EcgImageError) and pdf_choice.to_next(report, outcome):
            st.rerun()
    return outcome


def ticked(step: str) -> str:
    """Return the steps in words, one a line, as they stand when one begins.

    Examples
    --------
    >>> print(ticked("page").splitlines()[0])
    :material/check: Opening the image
    """
    at = list(STEPS).index(step)
    marks = [DONE] * at + [NOW] + [LATER] * (len(STEPS) - at - 1)
    lines = [f"{mark} {words}" for mark, words in zip(marks, STEPS.values(), strict=True)]
    return "  \n".join(lines)


def _tick(place: DeltaGenerator, step: str) -> None:
    place.markdown(ticked(step))


def _show(place: DeltaGenerator, rgb: np.ndarray) -> None:
    # What is to be hidden lies outside the leads, which are not known yet.
    if not session.margins_hidden():
        place.image(jpeg(rgb, PICTURE_PX), width=PICTURE_PX, alt="The image as decoded")
