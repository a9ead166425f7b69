"""Preprocessing: each stage of one lead, with the controls that a teacher moves."""

import streamlit as st

from ecgviz.app import entrance, report_view, session, ui, unchecked_charts
from ecgviz.charts import otsu_charts
from ecgviz.sections import preprocessing
from ecgviz.words import lead_names

ui.frame("Preprocessing", "How one lead of a report becomes the small picture that the paper's networks see.")

opened = entrance.open_report()

ui.heading(opened)
if report_view.study_or_refusal(opened) is None:
    report_view.instead(opened)
    st.stop()


@st.fragment
def bench(report: session.Report) -> None:
    state = st.session_state
    controls, view = st.columns([1, 3], gap="medium")

    with controls:
        st.segmented_control("Crops", list(preprocessing.PRESETS), key="preset", required=True, width="stretch",
                             format_func=preprocessing.PRESETS.__getitem__, persist_state="session")  # fmt: skip
        study = preprocessing.study_with_crops(report, state["preset"])
        leads = preprocessing.leads_of(study)
        st.selectbox("Lead", leads, key="lead", format_func=lead_names.in_words, persist_state="session")
        st.slider("Smoothing: sigma, in pixels of the page", 0.0, preprocessing.SIGMA_MAX, step=0.1, format="%.1f",
                  key="sigma", persist_state="session")  # fmt: skip
        st.slider("Shift of Otsu's threshold, in grey", -preprocessing.SHIFT_MAX, preprocessing.SHIFT_MAX, step=0.01,
                  format="%+.2f", key="shift", persist_state="session")  # fmt: skip
        st.button("Back to the paper's values", icon=":material/restart_alt:", width="stretch",
                  on_click=preprocessing.reset_to_paper, disabled=preprocessing.is_paper())  # fmt: skip
        preprocessing.predictions_line()

    stages = preprocessing.stages_now(report, study)
    by_key = {stage.key: stage for stage in stages}
    titles = {stage.key: f"{number}. {stage.title}" for number, stage in enumerate(stages, start=1)}
    title_of = titles.__getitem__

    with view:
        report_view.what_was_done(study, "Every stage works on that page.")
        st.pills("Stage", list(titles), key="stage", format_func=title_of, required=True, wrap=True,
                 persist_state="session")  # fmt: skip
        picture, chart = preprocessing.beside_or_below(by_key[state["stage"]])
        with picture:
            preprocessing.stage(report, study, by_key[state["stage"]])
        with chart:
            words = "Histogram of grey values, Otsu's variance curve and the cut"
            unchecked_charts.show(otsu_charts.otsu_chart_of(stages), words)
            st.caption("Grey values of the smoothed lead, and where they are cut into ink and paper.")

    st.subheader("Compare two stages", anchor=False)
    first, second, manner = st.columns(3)
    first.selectbox("First", list(titles), key="first", format_func=title_of, persist_state="session")
    second.selectbox("Second", list(titles), key="second", format_func=title_of, persist_state="session")
    manner.segmented_control("Shown", preprocessing.MANNERS, key="manner", required=True, persist_state="session")
    if state["manner"] == preprocessing.MANNERS[0]:
        for column, choice in zip(st.columns(2), (state["first"], state["second"]), strict=True):
            with column:
                preprocessing.stage(report, study, by_key[choice], words=False)
    else:
        st.slider("Share of the second", 0, 100, format="%d%%", width=preprocessing.WIDEST_PX,
                  key="share", persist_state="session")  # fmt: skip
        preprocessing.blended(by_key[state["first"]], by_key[state["second"]], state["share"] / 100)

    st.subheader(f"Every stage of lead {lead_names.in_words(state['lead'])}, in the paper's order", anchor=False)
    for stage in stages:
        with st.expander(titles[stage.key]):
            preprocessing.stage(report, study, stage)

    st.subheader("Every stage of all leads", anchor=False)
    for stage in stages:
        preprocessing.all_leads(report, study, stage, f"{titles[stage.key]}, all leads")


bench(opened)
