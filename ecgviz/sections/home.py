"""The result on Home: the first line, the page beside the verdict, then what they rest on."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import Controls, Report, controls, pdf_choice, report_view, studies, ui
from ecgviz.sections import findings, first_line, models, morphology, signals
from ecgviz.study import Study


def show(report: Report, study: Study) -> None:
    """Show how a report was read and what is predicted from it."""
    first_line.show(study)
    warnings = st.container()
    page, found = st.columns([2, 1], gap="medium")
    # The verdict first: the picture of the page takes as long to encode as the networks to predict.
    with found:
        st.subheader("Prediction", anchor=False)
        models.summary(report, study, beside=False)
        findings.line(study)
    with page:
        _page(report, study)
    report_view.facts(study)
    pdf_choice.show(report)
    st.subheader("Measurements", anchor=False)
    signals.figures(study)
    signals.printed_values(study)
    st.subheader("ST and morphology", anchor=False)
    morphology.show(report, study)
    with warnings:
        report_view.notices(study)


def _page(report: Report, study: Study) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="view_controls"):
        if study.page.rgb is not study.image.rgb:
            st.segmented_control("View", [False, True], key=Controls.as_read.key, required=True,
                                 format_func=["Original", "As read"].__getitem__, label_visibility="collapsed",
                                 persist_state="session")  # fmt: skip
        st.toggle("Lead boxes", key=Controls.overlay.key, persist_state="session")
        st.toggle("Hide header and margins", key=Controls.hide_margins.key, help=ui.HIDING,
                  persist_state="session")  # fmt: skip
    st.image(
        studies.page_picture(report, study, controls.overlay, controls.as_read),
        width="stretch",
        alt=report_view.page_words(report, study, controls.overlay, controls.as_read),
    )
    report_view.what_was_done(study, "Boxes are mapped back to the original.")
