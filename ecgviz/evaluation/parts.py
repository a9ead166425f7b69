"""Parts that Evaluation and a labelled batch share: confusion matrices, thresholds and calibration of predictions."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from ecgviz.app import chart_downloads, unchecked_charts
from ecgviz.charts import evaluation_charts
from ecgviz.evaluation import cached, threshold_charts
from ecgviz.evaluation.scope import Scope
from ecgviz.evaluation.score_tables import wide_class_table
from ecgviz.evaluation.tables import confusion_table
from ecgviz.evaluation.threshold_tables import (
    abstention_table,
    curve_table,
    reliability_table,
    risk_table,
    threshold_table,
    wide_abstention_table,
    wide_threshold_table,
)
from models.classes import CLASSES
from models.scoring import ACCEPTED_RISK, BINS

ABREAST = 3
COUNTS, SHARES = "Reports", "Share of the true class"
# Where no threshold ships with a model: the confidence at which a class is more probable than all others together.
EVEN = 0.5


def confusion_matrices(scope: Scope) -> None:
    """Show confusion matrices and the scores of every class."""
    kind = st.segmented_control(
        "Cells show",
        [COUNTS, SHARES],
        default=COUNTS,
        key=scope.controls.cells.key,
        required=True,
        persist_state="session",
    )
    table = confusion_table(scope.predictions, scope.models)
    abreast(
        table, lambda own: evaluation_charts.confusion_chart(own, kind == SHARES), "Confusion matrix, true class by row"
    )
    chart_downloads.under(table, "confusion", scope.notes)
    st.caption(
        "True classes stand at the left, predicted classes above the matrix. Darker: a larger share of the true class."
    )
    st.markdown("**One class against the rest**")
    classes = pd.concat([cached.class_table(scope.predictions, model) for model in scope.models], ignore_index=True)
    st.dataframe(wide_class_table(classes), hide_index=True, alt="Scores of every class with 95% intervals")
    st.caption(
        "Recall: share of a class predicted as it. Precision: share of a class's predictions that is correct. In "
        "brackets: 95% intervals. 'none': undefined."
    )


@st.fragment
def thresholds(scope: Scope) -> None:
    """Let the reader move the threshold of one class, and show its point on both curves."""
    first, second = st.columns(2, gap="medium")
    label = first.selectbox("Class", list(CLASSES), index=2, key=scope.controls.label.key, persist_state="session")
    threshold = second.slider(
        "Threshold",
        0.0,
        1.0,
        0.5,
        0.01,
        key=scope.controls.threshold.key,
        help="A report counts as predicted if the class has at least this probability, whatever the other classes "
        "have.",
        persist_state="session",
    )
    at = CLASSES.index(label)
    curves = curve_table(scope.predictions, scope.models, at)
    points = threshold_table(scope.predictions, scope.models, at, threshold)
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
    chart_downloads.under(curves, "curves", [*scope.notes, f"{label} against the rest, every threshold"])
    st.caption("A threshold chosen on these reports will do slightly worse on others.")


def calibration(scope: Scope) -> None:
    """Show whether confidence matches accuracy, and how abstaining trades coverage for risk."""
    st.markdown("**Reliability diagram**")
    table = reliability_table(scope.predictions, scope.models)
    abreast(table, threshold_charts.reliability_chart, "Accuracy over mean confidence")
    chart_downloads.under(table, "reliability", scope.notes)
    st.caption(
        f"{BINS} bins; numbers count reports. Above the dashed line a model is underconfident, below it overconfident. "
        "Vertical lines: 95% intervals."
    )
    st.markdown("**Risk and coverage: abstaining below a threshold**")
    _abstention(scope)


@st.fragment
def _abstention(scope: Scope) -> None:
    shipped = {name: scope.shipped[name] for name in scope.models if name in scope.shipped}
    threshold = st.slider(
        "Abstention threshold",
        0.25,
        1.0,
        round(shipped[scope.models[0]], 2) if scope.models[0] in shipped else EVEN,
        0.01,
        key=scope.controls.abstention.key,
        persist_state="session",
    )
    curves = risk_table(scope.predictions, scope.models)
    points = abstention_table(scope.predictions, dict.fromkeys(scope.models, threshold))
    own = abstention_table(scope.predictions, shipped)
    st.dataframe(
        wide_abstention_table(points), hide_index=True, alt=f"Coverage and risk of each model from {threshold:.2f} on"
    )
    chart_downloads.draw(
        threshold_charts.risk_chart(curves, points, own, ACCEPTED_RISK),
        "Risk over coverage, with the points at the selected threshold",
        curves,
        "risk_coverage",
        scope.notes,
    )
    hollow = (
        ""
        if own.empty
        else f" Hollow: the shipped thresholds, set for a risk of at most {ACCEPTED_RISK:.0%} (dashed) on "
        "held-out reports of the training set."
    )
    st.caption(
        f"Filled: the selected threshold.{hollow} Models also abstain on reports out of distribution, which is not "
        "counted here."
    )


def abreast(table: pd.DataFrame, chart: Callable[[pd.DataFrame], unchecked_charts.AnyChart], words: str) -> None:
    """Draw one chart per model, three per row on a wide screen."""
    names = list(dict.fromkeys(table["model"]))
    for start in range(0, len(names), ABREAST):
        for column, name in zip(st.columns(ABREAST, gap="medium"), names[start : start + ABREAST], strict=False):
            with column:
                st.markdown(name)
                unchecked_charts.show(chart(table[table["model"] == name]), f"{words}: {name}")
