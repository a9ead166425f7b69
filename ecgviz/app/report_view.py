"""What every page about the open report shows of its reading: facts and warnings, or the refusal."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ecgviz.app import chosen_settings, entrance, refused_view, session, studies, ui
from ecgviz.app.all_controls import controls
from ecgviz.app.session_state import Report
from ecgviz.study import STEPS, Study, warnings
from ecgviz.words import changes, doubts, page_facts, plain
from models.serving import NO_BEATS, OUT_OF_DISTRIBUTION
from preprocessing.errors import EcgImageError, Notice

OF_VERDICT = (NO_BEATS.code, OUT_OF_DISTRIBUTION.code)


def opened() -> tuple[Report, Study]:
    """Return the open report and its study; without one, or where it was refused, offer help and end the page."""
    report = entrance.open_report()
    study = study_or_refusal(report)
    if study is None:
        instead(report)
        st.stop()
    return report, study


def study_or_refusal(report: Report) -> Study | None:
    """Read the report and show each step as it begins, or show why it cannot be read and what to do."""
    place = st.empty()
    try:
        if studies.was_read(report):
            return studies.study(report)
        with place.status("Reading the report") as steps:
            studies.reading(report, on_step=lambda step: steps.update(label=STEPS[step]))
        place.empty()
        return studies.study(report)
    except EcgImageError as refusal:
        place.empty()
        ui.refused(refusal, "This image was not read.")
        return None


def facts(study: Study) -> None:
    """Show what was read off the page as a strip of figures."""
    # As wide as their labels, which name the source of each value.
    with st.container(horizontal=True, gap="medium", border=True, key="facts"):
        for label, value, why in page_facts.figures(study):
            st.metric(label, value, width="content", help=why)


def notices(study: Study) -> None:
    """Show what an edit changed, the doubts about the reading with ways to mend them, and every other warning."""
    studies.prediction(study)
    _settings_elsewhere()
    _changed(study)
    every = warnings(study)
    _doubts(study, [notice for notice in every if notice.code in study.trust.reasons])
    for notice in every:
        # The verdict itself says why no prediction applies.
        if notice.code not in (*study.trust.reasons, *OF_VERDICT):
            st.warning(plain(notice.message), icon=":material/info:")


def _doubts(study: Study, found: Sequence[Notice]) -> None:
    """Show why figures are provisional, with a button for each way to mend that."""
    if not found:
        return
    with st.container(border=True, key="doubts"):
        st.badge("Provisional reading", icon=":material/warning:", color="orange")
        for notice in found:
            st.markdown(plain(notice.message))
        with st.container(horizontal=True, gap="small"):
            for label in doubts.ways_to_mend(study.trust.reasons):
                if st.button(label, icon=":material/edit:", key=f"mend_{label}"):
                    controls.editor_open = True
                    st.switch_page("pages/3_Signals.py")
        st.caption(f"Figures that rest on this are marked as {doubts.PROVISIONAL} and with {doubts.ABOUT.strip()}.")


def _settings_elsewhere() -> None:
    """Where the settings of the stages were changed on Preprocessing, say that they hold there alone."""
    if chosen_settings.are_changed():
        st.caption(
            plain(
                f"Preprocessing has other settings ({chosen_settings.changed_words()}). They hold there alone: this "
                "page uses the article's settings."
            )
        )


def _changed(study: Study) -> None:
    before = session.before_edit()
    if before is None:
        return
    found = changes(before, study.measurements.values)
    words = f"Your edit changed: {', '.join(found)}." if found else "Your edit changed no measurement."
    st.info(plain(words), icon=":material/edit:")


def what_was_done(study: Study, consequence: str) -> None:
    """Where the page as read differs from the original image, show what was changed and what follows here."""
    done = page_facts.what_was_done(study)
    if done is not None:
        st.caption(f"{done} {consequence}")


def page_words(report: Report, study: Study, overlay: bool, as_read: bool) -> str:
    """Describe the picture of a page to somebody who does not see it."""
    laid = ", as read" if as_read else ""
    boxes = f" with {len(study.layout.boxes)} lead boxes" if overlay else ""
    return f"The report {session.shown_name(report)}{laid}{boxes}" + ", margins hidden" * session.margins_hidden()


def instead(report: Report) -> None:
    """Where the open report was refused, offer its layout, another file, or the simulated samples."""
    with st.container(horizontal=True, gap="small"):
        refused_view.set_by_hand(report)
        st.page_link("streamlit_app.py", label="Open another report on Home", icon=":material/arrow_forward:")
    entrance.samples()
