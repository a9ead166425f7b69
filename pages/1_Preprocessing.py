"""Preprocessing: each stage of a report, with the controls that a teacher moves."""

import streamlit as st

from ecgviz.app import Controls, Report, controls, report_view, studies, ui, unchecked_charts
from ecgviz.charts import otsu_charts
from ecgviz.sections import live, preprocessing, segmentation
from ecgviz.words import lead_names

ui.frame("Preprocessing", "How a report becomes the images that the networks receive, stage by stage.")

opened, _ = report_view.opened()


@st.fragment
def bench(report: Report) -> None:
    settings, view = st.columns([1, 3], gap="medium")

    with settings:
        study = preprocessing.choose_settings(report)
        predicts = live.choose_network()
        if predicts:
            live.for_report(report, study)
        preprocessing.choose_crops()

    stages = preprocessing.current_stages(report, study)
    by_key = {stage.key: stage for stage in stages}
    titles = {stage.key: f"{number}. {stage.title}" for number, stage in enumerate(stages, start=1)}

    with view:
        report_view.what_was_done(study, "Every stage after the upload starts from that page.")
        st.pills("Stage", list(titles), key=Controls.stage.key, format_func=titles.__getitem__, required=True,
                 wrap=True, persist_state="session", bind="query-params")  # fmt: skip
        upload, picture = preprocessing.places(by_key[controls.stage])
        with upload:
            st.image(studies.page_picture(report, study, overlay=True, as_read=False), width="stretch",
                     alt=report_view.page_words(report, study, overlay=True, as_read=False))  # fmt: skip
            st.caption("The uploaded image, with the leads outlined.")
        with picture:
            preprocessing.show_chosen(report, study, by_key[controls.stage])

    if predicts:
        st.subheader("Prediction from each lead with these settings", anchor=False)
        live.from_leads(report, study)
    if controls.stage == "segmentation":
        st.subheader("What was found on the page", anchor=False)
        segmentation.show(report, study)
    st.subheader("Grey levels and threshold", anchor=False)
    words = "Histogram of grey levels with Otsu's criterion and the threshold"
    unchecked_charts.show(otsu_charts.otsu_chart_of(stages), words)
    st.caption("Grey levels of the smoothed lead; the threshold separates ink from paper.")

    st.subheader("Compare two stages", anchor=False)
    first, second, comparison = st.columns(3)
    of_lead = [key for key in titles if key not in ("upload", "grayscale")]
    first.selectbox("First", of_lead, key=Controls.first.key, format_func=titles.__getitem__, persist_state="session")
    second.selectbox("Second", of_lead, key=Controls.second.key, format_func=titles.__getitem__,
                     persist_state="session")  # fmt: skip
    comparison.segmented_control("View", preprocessing.COMPARISONS, key=Controls.comparison.key, required=True,
                                 persist_state="session")  # fmt: skip
    if controls.comparison == preprocessing.COMPARISONS[0]:
        for column, choice in zip(st.columns(2), (controls.first, controls.second), strict=True):
            with column:
                preprocessing.show_stage(report, study, by_key[choice], words=False)
    else:
        st.slider("Share of the second", 0, 100, format="%d%%", width=preprocessing.WIDEST_PX, key=Controls.share.key,
                  persist_state="session")  # fmt: skip
        preprocessing.blend(by_key[controls.first], by_key[controls.second], controls.share / 100)

    st.subheader(f"All stages of lead {lead_names.in_words(controls.lead)}", anchor=False)
    for stage in stages:
        with st.expander(titles[stage.key]):
            preprocessing.show_stage(report, study, stage)

    st.subheader("All leads, stage by stage", anchor=False)
    for stage in stages[2:]:
        preprocessing.all_leads(report, study, stage, f"{titles[stage.key]}, all leads")


bench(opened)
