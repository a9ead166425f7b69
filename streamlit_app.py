"""Home: open a report and see at once how it was read and what is made of it."""

import streamlit as st

from ecgviz.app import entrance, report_view, session, studies, ui
from ecgviz.drawing import page_views
from ecgviz.sections import signals, warming

ui.frame("12-lead ECG report", "Open an image of a report, exported, scanned or photographed, and see how it is read.")

report = session.current()
answer, way_in = st.container(key="answer"), st.container(key="way_in")
with way_in:
    # First, and always here: the next file can be dropped while this one is still being read.
    entrance.ways_in()
if report is None:
    entrance.samples()
    warming.warm_up()
    st.stop()

with answer:
    ui.heading(report)
    study = report_view.study_or_refusal(report)
    if study is None:
        report_view.set_by_hand(report)
if study is None:
    entrance.samples()
    st.stop()

# Altair comes with it, for which the first page, without a report, need not wait.
from ecgviz.sections import models  # noqa: E402

with answer:
    report_view.facts(study)
    report_view.notices(study)
    page, found = st.columns([3, 2], gap="medium")
    with page:
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            if study.page.rgb is not study.image.rgb:
                st.segmented_control("The page", [page_views.AS_IT_CAME, page_views.AS_READ], key="view", required=True,
                                     label_visibility="collapsed", persist_state="session")  # fmt: skip
            st.toggle("Lead boxes", key="overlay", persist_state="session", help="Where each lead was found.")
            st.toggle("Hide header and margins", key="hide_margins", help=ui.HIDING, persist_state="session")
        overlay, view = st.session_state["overlay"], st.session_state["view"]
        st.image(
            studies.page_picture(report, study, overlay, view),
            width="stretch",
            alt=report_view.page_words(report, study, overlay, view),
        )
        report_view.what_was_done(
            study, "Everything is read from that page; its boxes are carried back to the picture."
        )
        st.subheader("What the traces measure", anchor=False)
        signals.figures(study)
    with found:
        st.subheader("What the networks say", anchor=False)
        models.summary(report, study, beside=False)
    ui.ways_on()
    st.subheader("Open another report", anchor=False)

with st.expander("Or look at a drawn sample"):
    entrance.samples_grid()
