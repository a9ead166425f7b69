"""What the networks make of the open report: their answers in words, then as charts with their tables."""

from __future__ import annotations

import streamlit as st

from ecgviz import answer_charts, answers
from ecgviz.session import Report
from ecgviz.study import Study
from models import verdicts
from models.verdicts import ENSEMBLE, Prediction

LIMITS = (
    "Taught on reports of one hospital and one recorder, with few infarctions; the classes are that collection's. "
    "On reports that they had not seen, `models/MODEL_CARD.md` says how often they were right."
)


def show(report: Report, study: Study) -> None:
    """Ask the networks and show what they say."""
    with st.spinner("Asking the networks"):
        prediction = _prediction(report, study)
    st.subheader("What the networks say", anchor=False)
    st.markdown(f"**{answers.sentence(prediction.verdicts[ENSEMBLE])}** {answers.agreement(prediction)}")
    st.caption(LIMITS)
    bars, leads = st.columns(2, gap="medium")
    with bars:
        _bars(prediction)
    with leads:
        _leads(prediction)


def _bars(prediction: Prediction) -> None:
    table = answers.report_table(prediction)
    st.altair_chart(answer_charts.report_chart(table), width="stretch", alt="Each model's probability of each class")
    for name, verdict in prediction.verdicts.items():
        st.markdown(f"{answers.NAMES[name]}: {answers.sentence(verdict)}")
    with st.expander("As a table"):
        st.dataframe(table.pivot(index="class", columns="model", values="probability").round(3))


def _leads(prediction: Prediction) -> None:
    table = answers.lead_table(prediction)
    model = st.segmented_control("Each lead alone, by", list(table["model"].unique()), key="lead_model", required=True,
                                 default="CNN", persist_state="session")  # fmt: skip
    st.altair_chart(
        answer_charts.lead_chart(table, model), width="stretch", alt=f"What each lead alone would say, by the {model}"
    )
    st.caption("A lead alone says little; the report's answer looks at all leads together.")


def _prediction(report: Report, study: Study) -> Prediction:
    """Ask once for each way of reading the open report."""
    key = report.sha256, study.how
    asked = st.session_state.get("asked")
    if asked is None or asked[0] != key:
        asked = st.session_state["asked"] = key, verdicts.networks()(study.traces)
    prediction: Prediction = asked[1]
    return prediction
