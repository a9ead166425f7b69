"""Home: open a report and see how it was read."""

import streamlit as st

from ecgviz import editor, session, ui

ui.frame("12-lead ECG report", "Open an image of a printed or scanned report and see how it is read.")

report = session.current()
if report is None:
    ui.opener()
    st.stop()

ui.heading(report)
study = ui.study_or_refusal(report)
if study is None:
    if editor.may_help(report):
        st.page_link("pages/2_Signals.py", label="Set the layout by hand", icon=":material/edit:")
    ui.opener()
    st.stop()

ui.facts(study)
ui.notices(study)

with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
    st.toggle("Lead boxes over the page", key="overlay", persist_state="session")
    st.page_link("pages/1_Preprocessing.py", label="See how a lead is prepared", icon=":material/arrow_forward:")

overlay = st.session_state["overlay"]
with st.container(key="page"):
    st.image(
        session.page_picture(report.sha256, study.how, overlay, study),
        width="stretch",
        alt=f"The report {report.file}" + (f" with {len(study.layout.boxes)} lead boxes" if overlay else ""),
    )

with st.expander("Open another report"):
    ui.opener()
