"""Home: open a report and see how it was read."""

import streamlit as st

from ecgviz import caches, editor, entrance, session, ui, verdict

ui.frame("12-lead ECG report", "Open an image of a report, exported, scanned or photographed, and see how it is read.")

report = session.current()
answer, way_in = st.container(key="answer"), st.container(key="way_in")
with way_in:
    # First, and always here: the next file can be dropped while this one is still being read.
    entrance.uploader()
if report is None:
    entrance.samples()
    verdict.warm_up()
    st.stop()

with answer:
    ui.heading(report)
    study = ui.study_or_refusal(report)
    if study is None and editor.may_help(report):
        st.page_link("pages/3_Signals.py", label="Set the layout by hand", icon=":material/edit:")
if study is None:
    entrance.samples()
    st.stop()

with answer:
    ui.facts(study)
    ui.notices(study)

    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        if study.page.rgb is not study.image.rgb:
            st.segmented_control("The page", [caches.AS_IT_CAME, caches.AS_READ], key="view", required=True,
                                 label_visibility="collapsed", persist_state="session")  # fmt: skip
        st.toggle("Lead boxes over the page", key="overlay", persist_state="session")
        st.toggle("Hide header and margins", key="hide_margins", help=ui.HIDING, persist_state="session")
        st.page_link("pages/1_Preprocessing.py", label="See how a lead is prepared", icon=":material/arrow_forward:")

    overlay, view = st.session_state["overlay"], st.session_state["view"]
    with st.container(key="page"):
        st.image(
            caches.page_picture(report.sha256, study.how, overlay, view, session.margins_hidden(), study),
            width="stretch",
            alt=ui.page_words(report, study, overlay, view),
        )
        ui.what_was_done(study, "Everything is read from that page; its boxes are carried back to the picture.")
    st.subheader("What the networks say", anchor=False)
    verdict.summary(report, study)
    st.page_link("pages/4_Models.py", label="See each lead, and what the scores depend on",
                 icon=":material/arrow_forward:")  # fmt: skip
    st.subheader("Open another report", anchor=False)

with st.expander("Or look at a drawn sample"):
    entrance.samples_grid()
