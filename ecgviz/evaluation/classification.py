"""Parts of the page Evaluation on predictions: confusion matrices, thresholds, calibration."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import pandas as pd
import streamlit as st

from ecgviz.app import chart_downloads, unchecked_charts
from ecgviz.charts import evaluation_charts
from ecgviz.evaluation import cached, threshold_charts
from ecgviz.evaluation.controls import EvaluationControls
from ecgviz.evaluation.tables import confusion_table, wide_class_table
from ecgviz.evaluation.threshold_tables import (
    abstention_table,
    curve_table,
    reliability_table,
    risk_table,
    threshold_table,
    wide_abstention_table,
    wide_threshold_table,
)
from ecgviz.predictions import AGGREGATIONS, EVERY_NAME
from models.classes import CLASSES
from models.evaluation import HEADLINE, PARTS, HeldOutPredictions
from models.networks import ENSEMBLE, TRACE_NETWORKS
from models.scoring import ACCEPTED_RISK, BINS, JOINT

ABREAST = 3
OWN = (ENSEMBLE, *TRACE_NETWORKS)
COUNTS, SHARES = "Reports", "Share of the true class"
LABELS = {HEADLINE: "3x4+1, curated (headline)"}


def confusion_matrices() -> None:
    """Show confusion matrices and the scores of every class."""
    held_out, models, part, aggregation = _selection()
    kind = st.segmented_control(
        "Cells show",
        [COUNTS, SHARES],
        default=COUNTS,
        key=EvaluationControls.evaluation_cells.key,
        required=True,
        persist_state="session",
    )
    table = confusion_table(held_out, models)
    _abreast(
        table, lambda own: evaluation_charts.confusion_chart(own, kind == SHARES), "Confusion matrix, true class by row"
    )
    chart_downloads.under(table, "confusion", _notes(part, aggregation))
    st.caption("Rows: true class. Columns: predicted class. Darker: a larger share of the row.")
    st.markdown("**One class against the rest**")
    classes = pd.concat([cached.class_table(part, aggregation, model) for model in models], ignore_index=True)
    st.dataframe(wide_class_table(classes), hide_index=True, alt="Scores of every class with 95% intervals")
    st.caption(
        "Recall: share of a class predicted as it. Precision: share of a class's predictions that is correct. In "
        "brackets: 95% intervals. 'none': undefined."
    )


def thresholds() -> None:
    """Let the reader move the threshold of one class, and show its point on both curves."""
    held_out, models, part, aggregation = _selection()
    first, second = st.columns(2, gap="medium")
    label = first.selectbox(
        "Class", list(CLASSES), index=2, key=EvaluationControls.evaluation_class.key, persist_state="session"
    )
    threshold = second.slider(
        "Threshold",
        0.0,
        1.0,
        0.5,
        0.01,
        key=EvaluationControls.evaluation_threshold.key,
        help="A report counts as predicted if the class has at least this probability, whatever the other classes "
        "have.",
        persist_state="session",
    )
    at = CLASSES.index(label)
    curves, points = curve_table(held_out, models, at), threshold_table(held_out, models, at, threshold)
    st.dataframe(wide_threshold_table(points), hide_index=True, alt=f"Scores at threshold {threshold:.2f}")
    if not points["true_positives"].sum() + points["false_negatives"].sum():
        st.info(f"None of these reports is {label}: recall and curves are undefined.", icon=":material/info:")
        return
    left, right = st.columns(2, gap="medium")
    # The class stands in the headings: a chart whose own text stays is not rebuilt in the browser.
    words = "of the selected class, with the points at the selected threshold"
    with left:
        st.markdown(f"**ROC curve: {label}**")
        unchecked_charts.show(threshold_charts.roc_chart(curves, points), f"ROC curves {words}")
    with right:
        st.markdown(f"**Precision-recall curve: {label}**")
        unchecked_charts.show(
            threshold_charts.precision_recall_chart(curves, points), f"Precision-recall curves {words}"
        )
    chart_downloads.under(curves, "curves", [*_notes(part, aggregation), f"{label} against the rest, every threshold"])
    st.caption("A threshold chosen on these reports will do slightly worse on others.")


def calibration() -> None:
    """Show whether confidence matches accuracy, and how abstaining trades coverage for risk."""
    held_out, models, part, aggregation = _selection()
    st.markdown("**Reliability diagram**")
    table = reliability_table(held_out, models)
    _abreast(table, threshold_charts.reliability_chart, "Accuracy over mean confidence")
    chart_downloads.under(table, "reliability", _notes(part, aggregation))
    st.caption(
        f"{BINS} bins; numbers count reports. Above the dashed line a model is underconfident, below it overconfident. "
        "Vertical lines: 95% intervals."
    )
    st.markdown("**Risk and coverage: abstaining below a threshold**")
    _abstention(held_out, models, part, aggregation)


@st.fragment
def _abstention(held_out: HeldOutPredictions, models: list[str], part: str, aggregation: str) -> None:
    shipped = cached.evaluation().thresholds
    threshold = st.slider(
        "Abstention threshold",
        0.25,
        1.0,
        round(shipped[ENSEMBLE], 2),
        0.01,
        key=EvaluationControls.evaluation_abstention.key,
        persist_state="session",
    )
    curves = risk_table(held_out, models)
    points = abstention_table(held_out, dict.fromkeys(models, threshold))
    # The shipped thresholds were set for the networks' own heads; other aggregations have another confidence.
    own = abstention_table(
        held_out, {name: shipped[name] for name in models if name in shipped and aggregation == JOINT}
    )
    st.dataframe(
        wide_abstention_table(points), hide_index=True, alt=f"Coverage and risk of each model from {threshold:.2f} on"
    )
    chart_downloads.draw(
        threshold_charts.risk_chart(curves, points, own, ACCEPTED_RISK),
        "Risk over coverage, with the points at the selected threshold",
        curves,
        "risk_coverage",
        _notes(part, aggregation),
    )
    hollow = (
        ""
        if own.empty
        else f" Hollow: the shipped thresholds, set for a risk of at most {ACCEPTED_RISK:.0%} "
        "on the headline's reports (dashed)."
    )
    st.caption(
        f"Filled: the selected threshold.{hollow} Models also abstain on reports out of distribution, which is not "
        "counted here."
    )


def _selection() -> tuple[HeldOutPredictions, list[str], str, str]:
    """Let the reader select models, reports and aggregation; the selection is the same in every part."""
    names = st.pills(
        "Models",
        list(EVERY_NAME),
        selection_mode="multi",
        wrap=True,
        default=list(OWN),
        format_func=EVERY_NAME.__getitem__,
        key=EvaluationControls.evaluation_models.key,
        persist_state="session",
    )
    first, second = st.columns(2, gap="medium")
    part = first.selectbox(
        "Reports",
        list(PARTS),
        format_func=lambda name: LABELS.get(name, name),
        key=EvaluationControls.evaluation_reports.key,
        persist_state="session",
    )
    aggregation = second.selectbox(
        "Aggregation of leads",
        list(AGGREGATIONS),
        format_func=AGGREGATIONS.__getitem__,
        key=EvaluationControls.evaluation_aggregation.key,
        persist_state="session",
    )
    held_out = cached.predictions(part, aggregation)
    models = [name for name in EVERY_NAME if name in names and name in held_out.probabilities] or [ENSEMBLE]
    if missing := [EVERY_NAME[name] for name in names if name not in held_out.probabilities]:
        st.caption(f"Evaluated on the headline's reports only: {', '.join(missing)}.")
    if aggregation != JOINT and set(models) - set(OWN):
        st.caption("The aggregation applies to CNN, CNN-LSTM and Combined; the other models are unaffected.")
    return held_out, models, part, aggregation


def _abreast(table: pd.DataFrame, chart: Callable[[pd.DataFrame], alt.LayerChart], words: str) -> None:
    """Draw one chart per model, three per row on a wide screen."""
    names = list(dict.fromkeys(table["model"]))
    for start in range(0, len(names), ABREAST):
        for column, name in zip(st.columns(ABREAST, gap="medium"), names[start : start + ABREAST], strict=False):
            with column:
                st.markdown(name)
                unchecked_charts.show(chart(table[table["model"] == name]), f"{words}: {name}")


def _notes(part: str, aggregation: str) -> list[str]:
    return [
        f"reports: {LABELS.get(part, part)}; aggregation of leads: {AGGREGATIONS[aggregation]}",
        "every report was held out from the training of the network that predicted it",
    ]
