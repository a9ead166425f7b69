"""What the networks make of the open report: their answers in words, as charts, and what these depend on."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import Report, chart_downloads, studies, unchecked_charts
from ecgviz.charts import probability_charts, saliency_charts
from ecgviz.predictions import as_matrix, largest_change, model_names, prediction_tables, strongest, weighing
from ecgviz.study import Study, naming
from ecgviz.words import of_network
from models.classes import CLASSES
from models.networks import ENSEMBLE, lead_name

NOT_WHY = (
    "These maps say where the score is sensitive, not why the heart does what it does. Grad-CAM shows where what the "
    "last convolutions saw speaks for the class; hiding takes a quarter of a second away and sees what the score loses."
)
KINDS = {"seen": "Grad-CAM", "lost": "Hiding a stretch"}
WAY_PX = 480
NETWORKS = {name: shown for name, shown in model_names.NAMES.items() if name != ENSEMBLE}


def summary(report: Report, study: Study, beside: bool = True) -> None:
    """Say what the networks say, and chart their probabilities, beside the words or below them."""
    prediction = studies.prediction(report, study)
    both = f"{model_names.NAMES[ENSEMBLE]}: {prediction_tables.sentence(prediction.verdicts[ENSEMBLE])}"
    st.markdown(f"**{both}** {prediction_tables.agreement(prediction)}")
    for notice in prediction.notices:
        st.warning(notice.message, icon=":material/info:")
    bars, words = st.columns([3, 2], gap="medium") if beside else (st.container(), st.container())
    with bars:
        table = prediction_tables.report_table(prediction)
        chart_downloads.draw(
            probability_charts.report_chart(table),
            "Each model's probability of each class",
            table,
            f"{naming.name_of(report.sha256)}_models",
        )
    with words:
        for name in NETWORKS:
            st.markdown(f"{model_names.NAMES[name]}: {prediction_tables.sentence(prediction.verdicts[name])}")
        st.caption(prediction_tables.LIMITS)
        st.page_link("pages/5_Evaluation.py", label="See how often they were right", icon=":material/arrow_forward:")


def leads(report: Report, study: Study) -> None:
    """Show what each lead alone would say, by both networks side by side."""
    table = prediction_tables.lead_table(studies.prediction(report, study))
    for model, column in zip(NETWORKS.values(), st.columns(2, gap="medium"), strict=True):
        with column:
            st.markdown(model)
            unchecked_charts.show(
                probability_charts.lead_chart(table, model), f"What each lead alone would say, by the {model}"
            )
    st.caption(prediction_tables.alone(study))
    chart_downloads.under(table, f"{naming.name_of(report.sha256)}_leads")


def differences(report: Report, study: Study) -> None:
    """Show where the two networks part, lead by lead."""
    prediction = studies.prediction(report, study)
    st.markdown(prediction_tables.lead_agreement(prediction))
    table = prediction_tables.difference_table(prediction)
    chart_downloads.draw(
        probability_charts.difference_chart(table),
        "By how much the CNN-LSTM finds each class likelier than the CNN, by each lead alone",
        table,
        f"{naming.name_of(report.sha256)}_differences",
    )
    st.caption("Above zero, the CNN-LSTM finds the class likelier by that lead alone than the CNN does.")


@st.fragment
def other_ways(report: Report, study: Study) -> None:
    """Let a reader leave leads out and choose how they are weighed, and show what comes of it."""
    before = prediction_tables.report_table(studies.prediction(report, study))
    way = st.selectbox("The report's answer from its leads", list(weighing.WAYS), key="way", width=WAY_PX,
                       format_func=weighing.WAYS.__getitem__, persist_state="session")  # fmt: skip
    printed = dict.fromkeys(lead_name(trace.id) for trace in study.traces)
    left_out = st.pills("Leads left out", list(printed), selection_mode="multi", key="left_out", wrap=True,
                        format_func=of_network, persist_state="session")  # fmt: skip
    if len(left_out) == len(printed):
        st.info("With every lead left out there is nothing to answer from.", icon=":material/info:")
        return
    after = weighing.weighed(study, way, left_out)
    st.markdown(weighing.moved(before, after))
    shown = {"As the networks answer": before, "As chosen here": after}
    for (title, table), column in zip(shown.items(), st.columns(2, gap="medium"), strict=True):
        with column:
            st.markdown(title)
            unchecked_charts.show(probability_charts.report_chart(table), f"{title}: each model's probabilities")
    changes = before.merge(after, on=["model", "class"], suffixes=("_as_answered", "_as_chosen"))
    chart_downloads.under(changes, f"{naming.name_of(report.sha256)}_other_ways")
    st.caption(
        "What is chosen here changes no answer anywhere else. Weights and temperatures of the other ways rest on "
        "reports that the networks had not seen; the page Evaluation compares the ways over all of those."
    )


@st.fragment
def sensitive(report: Report, study: Study) -> None:
    """Let a reader choose a network and a class, and show what that score depends on."""
    likeliest = studies.prediction(report, study).verdicts[ENSEMBLE].label
    first, second, third = st.columns(3)
    network = first.selectbox("Network", list(NETWORKS), key="asked_network", format_func=NETWORKS.__getitem__)
    label = second.selectbox("Class", list(CLASSES), key="asked_class", index=CLASSES.index(likeliest))
    kind = third.selectbox("Map", list(KINDS), key="asked_map", format_func=KINDS.__getitem__)
    with st.spinner("Hiding one stretch after another"):
        found = studies.sensitivity(report, study, network)
    st.markdown(strongest(found, label))
    # The boxes above say for which class and by which network: Grad-CAM's chart, whose words stay, is not built anew.
    unchecked_charts.show(saliency_charts.along_chart(found, label, kind), f"Every lead, with {KINDS[kind]}")
    st.caption(NOT_WHY)
    chart_downloads.under(found.along, f"{naming.name_of(report.sha256)}_{network}_maps", place="maps")
    st.markdown(largest_change(found, label))
    chart_downloads.draw(
        saliency_charts.change_chart(found),
        "How each class's probability changes when one lead is left out",
        as_matrix(found),
        f"{naming.name_of(report.sha256)}_left_out",
        ["in percentage points"],
    )
