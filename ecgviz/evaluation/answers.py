"""Parts of the page Evaluation on what models answered: confusions, thresholds, and what certainty is worth."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import pandas as pd
import streamlit as st

from ecgviz.app import chart_downloads, unchecked_charts
from ecgviz.charts import evaluation_charts
from ecgviz.evaluation import kept, threshold_charts
from ecgviz.evaluation.tables import WAYS, confusion_table, wide_class_table
from ecgviz.evaluation.threshold_tables import (
    bar_table,
    curve_table,
    reliability_table,
    risk_table,
    threshold_table,
    told_bar_table,
    told_threshold_table,
)
from ecgviz.predictions import EVERY_NAME
from models.classes import CLASSES
from models.evaluation import HEADLINE, PARTS, Answers
from models.networks import ENSEMBLE, NETWORKS
from models.scoring import ACCEPTED_RISK, BINS, JOINT

ABREAST = 3
OWN = (ENSEMBLE, *NETWORKS)
COUNTS, SHARES = "Reports", "Shares of the row"
LABELS = {HEADLINE: "3x4+1, curated (the headline)"}


def right_and_wrong() -> None:
    """Show confusion matrices and every class against the rest."""
    answers, models, part, way = _chosen()
    kind = st.segmented_control("In each cell", [COUNTS, SHARES], default=COUNTS, key="evaluation_cells", required=True,
                                persist_state="session")  # fmt: skip
    table = confusion_table(answers, models)
    _abreast(
        table, lambda own: evaluation_charts.confusion_chart(own, kind == SHARES), "Confusion matrix, truth by row"
    )
    chart_downloads.under(table, "confusion", _notes(part, way))
    st.caption("What a report is stands at the left, what the model says below. Dark is a large share of the row.")
    st.markdown("**Each class against the rest**")
    classes = pd.concat([kept.class_table(part, way, model) for model in models], ignore_index=True)
    st.dataframe(wide_class_table(classes), hide_index=True, alt="Scores of every class with 95% intervals")
    st.caption(
        "Recall: of the reports of a class, the share that is found. Precision: of those so called, the share that is "
        "right. In brackets 95% intervals; where all or none are, Wilson's. 'none' means nothing to divide by."
    )


def thresholds() -> None:
    """Let a reader move the threshold of one class, and see the point on both curves."""
    answers, models, part, way = _chosen()
    first, second = st.columns(2, gap="medium")
    label = first.selectbox("Class", list(CLASSES), index=2, key="evaluation_class", persist_state="session")
    threshold = second.slider("Say the class from this probability on", 0.0, 1.0, 0.5, 0.01, key="evaluation_threshold",
                              persist_state="session")  # fmt: skip
    at = CLASSES.index(label)
    curves, points = curve_table(answers, models, at), threshold_table(answers, models, at, threshold)
    st.dataframe(told_threshold_table(points), hide_index=True, alt=f"What each model finds at {threshold:.2f}")
    if not points["found"].sum() + points["missed"].sum():
        st.info(f"None of these reports is {label}: there is no recall, and no curve.", icon=":material/info:")
        return
    left, right = st.columns(2, gap="medium")
    # The class stands above them: charts whose words stay are not built anew in the browser.
    words = "of the chosen class, with the points at the chosen probability"
    with left:
        st.markdown(f"**ROC curve: {label}**")
        unchecked_charts.show(threshold_charts.roc_chart(curves, points), f"ROC curves {words}")
    with right:
        st.markdown(f"**Precision over recall: {label}**")
        unchecked_charts.show(threshold_charts.precision_recall_chart(curves, points), f"Precision over recall {words}")
    chart_downloads.under(curves, "curves", [*_notes(part, way), f"{label} against the rest, at every threshold"])
    st.caption(
        "A report counts as found where the class's probability reaches the threshold, whatever the other classes "
        "have. A threshold chosen here for these reports will do a little worse on others."
    )


def certainty() -> None:
    """Show whether confidence is worth what it says, and what is gained by not answering when unsure."""
    answers, models, part, way = _chosen()
    st.markdown("**Are they as often right as they are sure?**")
    table = reliability_table(answers, models)
    _abreast(table, threshold_charts.reliability_chart, "Share right over mean confidence")
    chart_downloads.under(table, "reliability", _notes(part, way))
    st.caption(
        f"Reports in {BINS} bins by the probability of the likeliest class; the number at each point says how many. "
        "Above the dashed line a model is too modest, below too sure. Bars are 95% intervals: bins of few reports say "
        "little."
    )
    st.markdown("**Answering less, and being right more often**")
    _answering_less(answers, models, part, way)


@st.fragment
def _answering_less(answers: Answers, models: list[str], part: str, way: str) -> None:
    shipped = kept.evaluation().bars
    bar = st.slider("Answer from this confidence on", 0.25, 1.0, round(shipped[ENSEMBLE], 2), 0.01,
                    key="evaluation_bar", persist_state="session")  # fmt: skip
    curves, points = risk_table(answers, models), bar_table(answers, dict.fromkeys(models, bar))
    # The bars were set for the networks' own heads; what other ways say means something else.
    own = bar_table(answers, {name: shipped[name] for name in models if name in shipped and way == JOINT})
    st.dataframe(told_bar_table(points), hide_index=True, alt=f"What each model answers from {bar:.2f} on")
    chart_downloads.draw(
        threshold_charts.risk_chart(curves, points, own, ACCEPTED_RISK),
        "Share wrong over share answered, with the points at the chosen confidence",
        curves,
        "risk_coverage",
        _notes(part, way),
    )
    hollow = "" if own.empty else f" Hollow: the bars that ship, set so that at most {ACCEPTED_RISK:.0%} of the " \
        "headline's answers are wrong (dashed)."  # fmt: skip
    st.caption(
        f"Filled: the bar that you chose.{hollow} A model also stays silent where a report is unlike those it was "
        "taught on; that is not counted here, see Strange pages."
    )


def _chosen() -> tuple[Answers, list[str], str, str]:
    """Let a reader choose models, reports and the way from leads to reports; the choice is the same in every part."""
    names = st.pills("Models", list(EVERY_NAME), selection_mode="multi", wrap=True, default=list(OWN),
                     format_func=EVERY_NAME.__getitem__, key="evaluation_models", persist_state="session")  # fmt: skip
    first, second = st.columns(2, gap="medium")
    part = first.selectbox("Reports", list(PARTS), format_func=lambda name: LABELS.get(name, name),
                           key="evaluation_reports", persist_state="session")  # fmt: skip
    way = second.selectbox("From leads to the report", list(WAYS), format_func=WAYS.__getitem__, key="evaluation_way",
                           persist_state="session")  # fmt: skip
    answers = kept.unseen_answers(part, way)
    models = [name for name in EVERY_NAME if name in names and name in answers.said] or [ENSEMBLE]
    if left_out := [EVERY_NAME[name] for name in names if name not in answers.said]:
        st.caption(f"Asked about the headline's reports only: {', '.join(left_out)}.")
    if way != JOINT and set(models) - set(OWN):
        st.caption("The way from leads to the report changes the two networks and both together; baselines stay.")
    return answers, models, part, way


def _abreast(table: pd.DataFrame, chart: Callable[[pd.DataFrame], alt.LayerChart], words: str) -> None:
    """Draw one chart for each model, three beside each other where there is room."""
    names = list(dict.fromkeys(table["model"]))
    for start in range(0, len(names), ABREAST):
        for column, name in zip(st.columns(ABREAST, gap="medium"), names[start : start + ABREAST], strict=False):
            with column:
                st.markdown(name)
                unchecked_charts.show(chart(table[table["model"] == name]), f"{words}: {name}")


def _notes(part: str, way: str) -> list[str]:
    return [f"reports: {LABELS.get(part, part)}; from leads to the report: {WAYS[way]}",
            "none of the reports was seen by the network that scored it"]  # fmt: skip
