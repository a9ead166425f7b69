"""What every page about the open report shows of its reading: its facts and warnings, or why it was refused."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import editor, entrance, session, studies, ui
from ecgviz.drawing import page_views
from ecgviz.study import STEPS, Study, lead_checks
from ecgviz.words import page_facts, plain
from preprocessing.errors import EcgImageError


def study_or_refusal(report: session.Report) -> Study | None:
    """Read the report, telling each step as it begins, or say in plain words why it cannot be read and what to do."""
    place = st.empty()
    try:
        if studies.was_read(report):
            return studies.study(report)
        with place.status("Reading the report") as steps:
            study = studies.study(report, tell=lambda step: steps.update(label=STEPS[step]))
        place.empty()
    except EcgImageError as refusal:
        place.empty()
        ui.refused(refusal, "This image was not read.")
        st.caption("Nothing was guessed from it.")
        return None
    return study


def facts(study: Study) -> None:
    """Show what was read, as a strip of figures."""
    with st.container(horizontal=True, gap="small", border=True, key="facts"):
        for label, value, why in page_facts.figures(study):
            st.metric(label, value, width=ui.FACT_PX, help=why)


def notices(study: Study) -> None:
    """Say what was assumed, what could not be done, and what does not fit together."""
    for notice in lead_checks.warnings(study):
        st.warning(plain(notice.message), icon=":material/info:")


def what_was_done(study: Study, consequence: str) -> None:
    """Where the picture is not the page as it was read, say what was done to it and what that means here."""
    done = page_facts.what_was_done(study)
    if done is not None:
        st.caption(f"{done} {consequence}")


def page_words(report: session.Report, study: Study, overlay: bool, view: str) -> str:
    """Describe the picture of a page to somebody who does not see it."""
    laid = "" if view == page_views.AS_IT_CAME else ", as it was read"
    boxes = f" with {len(study.layout.boxes)} lead boxes" if overlay else ""
    return f"The report {session.shown_name(report)}{laid}{boxes}" + ", margins hidden" * session.margins_hidden()


def instead(report: session.Report) -> None:
    """Where the open report was refused, lead on: to its layout, to another file, or to the drawn samples."""
    with st.container(horizontal=True, gap="small"):
        set_by_hand(report)
        st.page_link("streamlit_app.py", label="Open another report on Home", icon=":material/arrow_forward:")
    entrance.samples()


def set_by_hand(report: session.Report) -> None:
    """Lead to the place where a person sets the layout, if that can help."""
    if editor.may_help(report):
        st.page_link("pages/3_Signals.py", label="Set the layout by hand", icon=":material/edit:")
