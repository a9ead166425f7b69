"""The parts of the page Models: the predictions in words and charts, and what they depend on."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from ecgviz.app import Controls, Report, chart_downloads, of_report, studies, unchecked_charts
from ecgviz.charts import probability_charts
from ecgviz.predictions import (
    AGGREGATIONS,
    NAMES,
    OURS,
    ROADS,
    aggregation,
    comparisons,
    drawn_truth,
    prediction_tables,
    verdict_card,
)
from ecgviz.sections import verdict
from ecgviz.study import Corrections, Study, name_of
from ecgviz.words import article, of_network, plain
from models.networks import ENSEMBLE, lead_name
from models.serving import Prediction
from preprocessing.trust import Rest

ARTICLE_NOTE = f"{article.CITATION} Its networks are baselines here and no part of the combined prediction."
AGGREGATION_PX = 480
TRUTH_BADGES: dict[str, tuple[str, Literal["green", "red", "gray"]]] = {
    drawn_truth.RIGHT: (":material/check:", "green"),
    drawn_truth.WRONG: (":material/close:", "red"),
    drawn_truth.NONE: (":material/remove:", "gray"),
}


def summary(report: Report, study: Study, beside: bool = True) -> None:
    """Show the verdict and chart each network's probabilities, beside the words or below them.

    Without a prediction the probabilities are grey and folded.
    """
    prediction = studies.combined(study)
    shown = verdict_card.card_of(prediction, study.trust.doubts(Rest.PREDICTION))
    if report.drawn_as:
        _truth(report.drawn_as, prediction)
    if not shown.is_predicted:
        verdict.card(shown)
        _evaluation_link()
        with st.expander(verdict_card.RAW):
            st.caption(verdict_card.RAW_NOTE)
            _probabilities(report, study, grey=True)
        return
    words, bars = st.columns([2, 3], gap="medium") if beside else (st.container(), st.container())
    with words:
        verdict.card(shown)
        for name in OURS:
            if name in prediction.verdicts:
                st.markdown(prediction_tables.sentence(name, prediction.verdicts[name]))
        _evaluation_link()
    with bars:
        _probabilities(report, study)


def _probabilities(report: Report, study: Study, grey: bool = False) -> None:
    table = prediction_tables.report_table(studies.prediction(study))
    chart_downloads.draw(
        probability_charts.report_chart(table, grey),
        "Each model's probability of each class",
        table,
        f"{name_of(report.sha256)}_models",
    )


def _truth(drawn_as: str, prediction: Prediction) -> None:
    """Say what a simulated report was drawn as, and whether the prediction is right."""
    combined = prediction.verdicts[ENSEMBLE]
    icon, colour = TRUTH_BADGES[drawn_truth.outcome(drawn_as, combined)]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="drawn_as"):
        st.badge(drawn_truth.outcome(drawn_as, combined), icon=icon, color=colour)
        st.markdown(plain(drawn_truth.sentence(drawn_as, combined)), width="content")


def _evaluation_link() -> None:
    st.page_link(
        "pages/5_Evaluation.py", label="See their accuracy on held-out reports", icon=":material/arrow_forward:"
    )


def raw_note(study: Study) -> None:
    """Where no prediction is made, say that what follows is none."""
    if studies.prediction(study).verdicts[ENSEMBLE].abstains:
        st.caption(f"{verdict_card.RAW}. {verdict_card.RAW_NOTE}")


def side_by_side(report: Report, study: Study) -> None:
    """Show every network's probabilities for the report, and which networks there are."""
    prediction = studies.prediction(study)
    table = prediction_tables.report_table(prediction)
    chart_downloads.draw(
        probability_charts.models_chart(table),
        "Each model's probability of each class for the report",
        table,
        f"{name_of(report.sha256)}_side_by_side",
    )
    for road, names in ROADS.items():
        own = [NAMES[name] for name in names if name in prediction.verdicts]
        st.markdown(f"**{road}**: {', '.join(own) if own else 'none ships with this version'}.")
    st.caption(ARTICLE_NOTE)


def per_lead(report: Report, study: Study) -> None:
    """Show each network's predictions from each lead alone, CNNs above CNN-LSTMs, one column for each road."""
    prediction = studies.prediction(study)
    table = prediction_tables.lead_table(prediction)
    there = [[name for name in names if name in prediction.leads] for names in ROADS.values()]
    columns = [names for names in there if names]
    for turn in range(max(map(len, columns))):
        for names, place in zip(columns, st.columns(len(columns), gap="medium"), strict=True):
            if turn < len(names):
                model = NAMES[names[turn]]
                with place:
                    st.markdown(f"**{model}**")
                    unchecked_charts.show(
                        probability_charts.lead_chart(table, model), f"{model}: probabilities from each lead alone"
                    )
    st.caption(prediction_tables.lead_caption(study))
    chart_downloads.under(table, f"{name_of(report.sha256)}_leads")


@st.fragment
def differences(report: Report, study: Study) -> None:
    """Show where the networks are divided, and where two of them differ, lead by lead."""
    prediction = studies.prediction(study)
    st.markdown(comparisons.divided_leads(prediction))
    votes, two = st.columns(2, gap="medium")
    with votes:
        st.markdown("**Networks that find a class most probable**")
        table = comparisons.vote_table(prediction)
        chart_downloads.draw(
            probability_charts.vote_chart(table),
            "How many networks find each class most probable from each lead alone",
            table,
            f"{name_of(report.sha256)}_votes",
        )
    with two:
        _two_networks(report, prediction)


def _two_networks(report: Report, prediction: Prediction) -> None:
    names = [name for name in NAMES if name in prediction.leads]
    one, other = st.columns(2)
    first = one.selectbox("First", names, key=Controls.first_network.key, format_func=NAMES.__getitem__,
                          index=_place(names, "cnn", 0))  # fmt: skip
    second = other.selectbox("Second", names, key=Controls.second_network.key, format_func=NAMES.__getitem__,
                             index=_place(names, "cnn_lstm", len(names) - 1))  # fmt: skip
    st.markdown(comparisons.lead_agreement(prediction, first, second))
    table = comparisons.difference_table(prediction, first, second)
    chart_downloads.draw(
        probability_charts.difference_chart(table),
        "The second network's probability minus the first's, for each class and lead alone",
        table,
        f"{name_of(report.sha256)}_differences",
    )
    st.caption("In percentage points. Above zero, the second gives the class a higher probability than the first.")


def _place(names: list[str], wanted: str, otherwise: int) -> int:
    return names.index(wanted) if wanted in names else otherwise


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
    prediction = _without(report.sha256, study.how, tuple(left_out), study)
    after = aggregation.aggregated(prediction, chosen)
    st.markdown(aggregation.comparison(before, after))
    shown = {"Standard": before, "As chosen here": after}
    for (title, table), column in zip(shown.items(), st.columns(2, gap="medium"), strict=True):
        with column:
            st.markdown(title)
            unchecked_charts.show(probability_charts.report_chart(table), f"{title}: each model's probabilities")
    changes = before.merge(after, on=["model", "class"], suffixes=("_standard", "_chosen"))
    chart_downloads.under(changes, f"{name_of(report.sha256)}_other_combinations")
    st.caption(
        "Applies here only. Weights and temperatures were fitted on held-out reports; see Evaluation. The article's "
        "networks have one aggregation, the mean over the leads."
    )


@of_report(st.cache_resource, max_entries=16)
def _without(sha256: str, how: str | Corrections, left_out: tuple[str, ...], _study: Study) -> Prediction:
    """Return the prediction from some of the leads."""
    return aggregation.without(_study, left_out)
