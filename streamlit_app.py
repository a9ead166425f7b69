"""Home: open a report, and see how it was read and what is predicted from it."""

import streamlit as st

from ecgviz.app import Controls, controls, entrance, session, ui
from ecgviz.sections import preload

ui.frame("12-lead ECG report", "Open an exported, scanned or photographed report to read, measure and classify it.")

report = session.current()
result, upload = st.container(key="result"), st.container(key="ways_in")
with upload:
    # First, and always here: the next file can be dropped while this one is still being read.
    entrance.ways_in()
if report is None:
    entrance.samples()
    preload.start()
    st.stop()

# Everything that reads a report; the first page does not wait for it.
from ecgviz.app import report_view, studies  # noqa: E402
from ecgviz.sections import first_line, models, morphology, signals  # noqa: E402
from ecgviz.worklist import store_place  # noqa: E402

with result:
    ui.heading(report)
    study = report_view.study_or_refusal(report)
    if study is None:
        report_view.set_by_hand(report)
if study is None:
    entrance.samples()
    st.stop()

with result:
    first_line.show(study)
    warnings = st.container()
    report_view.facts(study)
    page, found = st.columns([3, 2], gap="medium")
    with page:
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
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
        st.subheader("Measurements", anchor=False)
        signals.figures(study)
        signals.printed_values(study)
    with found:
        st.subheader("Prediction", anchor=False)
        models.summary(report, study, beside=False)
    st.subheader("ST and morphology", anchor=False)
    morphology.show(report, study)
    with warnings:
        report_view.notices(study)
    if store_place.is_on():
        from ecgviz.worklist import recording

        recording.of_report(report)
    ui.ways_on()
    st.subheader("Open another report", anchor=False)

with st.expander("Simulated samples"):
    entrance.samples_grid()
