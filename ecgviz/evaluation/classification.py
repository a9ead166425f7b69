"""Parts of the page Evaluation on predictions: which models and reports the shared parts show."""

from __future__ import annotations

from collections.abc import Callable, Collection

import streamlit as st

from ecgviz.evaluation import cached, comparison, parts
from ecgviz.evaluation.controls import EvaluationControls
from ecgviz.evaluation.scope import PartControls, Scope
from ecgviz.predictions import AGGREGATIONS, EVERY_NAME
from models.evaluation import HEADLINE, PARTS
from models.networks import ENSEMBLE, PAPER_NETWORKS, PICTURE_NETWORKS
from models.scoring import JOINT

LABELS = {HEADLINE: "3x4+1, curated (headline)"}
# Each model is a chart in most parts: all seven took the browser twice as long, and hid each other's curves.
SHOWN_FIRST = (ENSEMBLE, *PICTURE_NETWORKS, PAPER_NETWORKS[0])
CONTROLS = PartControls(
    EvaluationControls.evaluation_cells,
    EvaluationControls.evaluation_class,
    EvaluationControls.evaluation_threshold,
    EvaluationControls.evaluation_abstention,
    EvaluationControls.evaluation_first,
    EvaluationControls.evaluation_second,
)


def confusion_matrices() -> None:
    """Show confusion matrices and the scores of every class."""
    parts.confusion_matrices(_selection())


def thresholds() -> None:
    """Let the reader move the threshold of one class."""
    parts.thresholds(_selection())


def calibration() -> None:
    """Show calibration, and what abstaining does."""
    parts.calibration(_selection())


def compared() -> None:
    """Compare two models on the same reports."""
    comparison.comparison(_selection())


def _selection() -> Scope:
    """Let the reader select models, reports and aggregation; the selection is the same in every part."""
    headline = cached.predictions(HEADLINE, JOINT)
    evaluated = _kept(headline.probabilities, lambda name: len(headline.of(name)[0]) > 0)
    names = st.pills(
        "Models",
        evaluated,
        selection_mode="multi",
        wrap=True,
        default=[name for name in evaluated if name in SHOWN_FIRST],
        format_func=EVERY_NAME.__getitem__,
        key=EvaluationControls.evaluation_models.key,
        persist_state="session",
    )
    if len(names) < len(evaluated):
        st.caption(f"{len(names)} of {len(evaluated)} models are shown. Select others to add them.")
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
    models = tuple(_kept(names, lambda name: name in held_out.probabilities)) or (ENSEMBLE,)
    if missing := [EVERY_NAME[name] for name in names if name not in held_out.probabilities]:
        st.caption(f"Evaluated on the headline's reports only: {', '.join(missing)}.")
    notes = (
        f"reports: {LABELS.get(part, part)}; aggregation of leads: {AGGREGATIONS[aggregation]}",
        "every report was held out from the training of the network that predicted it",
    )
    # The shipped thresholds were set for the networks' own heads; other aggregations have another confidence.
    shipped = cached.evaluation().thresholds if aggregation == JOINT else {}
    return Scope(held_out, models, CONTROLS, notes, shipped)


def _kept(names: Collection[str], known: Callable[[str], bool]) -> list[str]:
    """Return those of the names that are known, the ensemble first, baselines last."""
    return [name for name in EVERY_NAME if name in names and known(name)]
