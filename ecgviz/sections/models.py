"""The parts of the page Models: the predictions in words and charts, and what they depend on."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import Controls, Report, chart_downloads, studies, unchecked_charts
from ecgviz.charts import probability_charts, saliency_charts
from ecgviz.predictions import (
    AGGREGATIONS,
    aggregation,
    change_matrix,
    largest_change,
    model_names,
    most_sensitive,
    prediction_tables,
    verdict_card,
)
from ecgviz.sections import verdict
from ecgviz.study import Study, name_of
from ecgviz.words import glossary, of_network
from models.classes import CLASSES
from models.networks import ENSEMBLE, TRACE_NETWORKS, lead_name
from models.serving import Prediction
from preprocessing.trust import Rest

MAPS_NOTE = (
    "The maps show where a probability is sensitive, not the cause in the heart. "
    f"Grad-CAM. {glossary.meaning('Grad-CAM')} Occlusion. {glossary.meaning('Occlusion')}"
)
KINDS = {"grad_cam": "Grad-CAM", "occlusion": "Occlusion"}
AGGREGATION_PX = 480
NETWORKS = {name: model_names.NAMES[name] for name in TRACE_NETWORKS}


def summary(report: Report, study: Study, beside: bool = True) -> None:
    """Show the verdict and chart each network's probabilities, beside the words or below them.

    Without a prediction the probabilities are grey and folded.
    """
    prediction = studies.prediction(study)
    shown = verdict_card.card_of(prediction, study.trust.doubts(Rest.PREDICTION))
    if not shown.is_predicted:
        verdict.card(shown)
        _evaluation_link()
        with st.expander(verdict_card.RAW):
            st.caption(verdict_card.RAW_NOTE)
            _probabilities(report, prediction, grey=True)
        return
    words, bars = st.columns([2, 3], gap="medium") if beside else (st.container(), st.container())
    with words:
        verdict.card(shown)
        for name in NETWORKS:
            st.markdown(prediction_tables.sentence(name, prediction.verdicts[name]))
        _evaluation_link()
    with bars:
        _probabilities(report, prediction)


def _probabilities(report: Report, prediction: Prediction, grey: bool = False) -> None:
    table = prediction_tables.report_table(prediction)
    chart_downloads.draw(
        probability_charts.report_chart(table, grey),
        "Each model's probability of each class",
        table,
        f"{name_of(report.sha256)}_models",
    )


def _evaluation_link() -> None:
    st.page_link(
        "pages/5_Evaluation.py", label="See their accuracy on held-out reports", icon=":material/arrow_forward:"
    )


def raw_note(study: Study) -> None:
    """Where no prediction is made, say that what follows is none."""
    if studies.prediction(study).verdicts[ENSEMBLE].abstains:
        st.caption(f"{verdict_card.RAW}. {verdict_card.RAW_NOTE}")


def per_lead(report: Report, study: Study) -> None:
    """Show both networks' predictions from each lead alone, side by side."""
    table = prediction_tables.lead_table(studies.prediction(study))
    for model, column in zip(NETWORKS.values(), st.columns(2, gap="medium"), strict=True):
        with column:
            st.markdown(model)
            unchecked_charts.show(
                probability_charts.lead_chart(table, model), f"The {model}'s probabilities from each lead alone"
            )
    st.caption(prediction_tables.lead_caption(study))
    chart_downloads.under(table, f"{name_of(report.sha256)}_leads")


def differences(report: Report, study: Study) -> None:
    """Show where the two networks differ, lead by lead."""
    prediction = studies.prediction(study)
    st.markdown(prediction_tables.lead_agreement(prediction))
    table = prediction_tables.difference_table(prediction)
    chart_downloads.draw(
        probability_charts.difference_chart(table),
        "The trace CNN-LSTM's probability minus the trace CNN's, for each class and lead alone",
        table,
        f"{name_of(report.sha256)}_differences",
    )
    st.caption("In percentage points. Above zero, the CNN-LSTM gives the class a higher probability than the CNN.")


@st.fragment
def other_combinations(report: Report, study: Study) -> None:
    """Let a reader leave leads out and choose how leads are combined, and show the resulting prediction."""
    before = prediction_tables.report_table(studies.prediction(study))
    chosen = st.selectbox("From leads to the report", list(AGGREGATIONS), key=Controls.aggregation.key,
                          format_func=AGGREGATIONS.__getitem__, width=AGGREGATION_PX,
                          persist_state="session")  # fmt: skip
    printed = dict.fromkeys(lead_name(trace.id) for trace in study.traces)
    left_out = st.pills("Leads left out", list(printed), selection_mode="multi", key=Controls.left_out.key, wrap=True,
                        format_func=of_network, persist_state="session")  # fmt: skip
    if len(left_out) == len(printed):
        st.info("Keep at least one lead.", icon=":material/info:")
        return
    after = aggregation.aggregated(study, chosen, left_out)
    st.markdown(aggregation.comparison(before, after))
    shown = {"Standard": before, "As chosen here": after}
    for (title, table), column in zip(shown.items(), st.columns(2, gap="medium"), strict=True):
        with column:
            st.markdown(title)
            unchecked_charts.show(probability_charts.report_chart(table), f"{title}: each model's probabilities")
    changes = before.merge(after, on=["model", "class"], suffixes=("_standard", "_chosen"))
    chart_downloads.under(changes, f"{name_of(report.sha256)}_other_combinations")
    st.caption("Applies here only. Weights and temperatures were fitted on held-out reports; see Evaluation.")


@st.fragment
def sensitivity(report: Report, study: Study) -> None:
    """Let a reader choose a network and a class, and show what that probability depends on."""
    predicted = studies.prediction(study).verdicts[ENSEMBLE].label
    first, second, third = st.columns(3)
    network = first.selectbox("Network", list(NETWORKS), key=Controls.map_network.key, format_func=NETWORKS.__getitem__)
    label = second.selectbox("Class", list(CLASSES), key=Controls.map_class.key, index=CLASSES.index(predicted))
    kind = third.selectbox("Map", list(KINDS), key=Controls.map_kind.key, format_func=KINDS.__getitem__)
    with st.spinner("Computing the maps"):
        found = studies.sensitivity(report, study, network)
    st.markdown(most_sensitive(found, label))
    # The boxes above name class and network: while its words stay the same, the browser updates this chart in place.
    unchecked_charts.show(saliency_charts.along_chart(found, label, kind), f"Every lead, with {KINDS[kind]}")
    st.caption(MAPS_NOTE)
    chart_downloads.under(found.along, f"{name_of(report.sha256)}_{network}_maps", place="maps")
    st.markdown(largest_change(found, label))
    chart_downloads.draw(
        saliency_charts.change_chart(found),
        "How each class's probability changes when one lead is left out",
        change_matrix(found),
        f"{name_of(report.sha256)}_left_out",
        ["in percentage points"],
    )
