"""The scores of a labelled batch: as on Evaluation, for all reports or by layout and trust."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from ecgviz.app import chart_downloads
from ecgviz.batch import Row, models_in
from ecgviz.batch_results.controls import SCORE_CONTROLS, ResultControls
from ecgviz.batch_results.labelled import distinct, in_training, labelled_predictions, subsets_of
from ecgviz.charts import evaluation_charts
from ecgviz.evaluation import Scope, cached, comparison, parts, score_tables, tables
from ecgviz.predictions import EVERY_NAME
from models.evaluation import HeldOutPredictions
from models.networks import ENSEMBLE

PARTS = {
    "Confusion matrix": parts.confusion_matrices,
    "Thresholds": parts.thresholds,
    "Calibration": parts.calibration,
    "Compare models": comparison.comparison,
}
SUBSETS = "Layouts and trust"
# Below, a score by subset says nothing, and its interval has no width.
LEAST_REPORTS = 5


def show(rows: Sequence[Row]) -> None:
    """Show the headline scores, then one part at a time."""
    every = labelled_predictions(rows)
    if not len(every.labels):
        st.info("No labelled report was read and predicted, so there is nothing to score. Add labels above, and run "
                "the networks.", icon=":material/info:")  # fmt: skip
        return
    st.markdown(_counts(rows, every))
    if trained := in_training(rows):
        st.warning(f"{trained} of these reports may have been in the training set of the networks: their scores are "
                   "too good.", icon=":material/warning:")  # fmt: skip
    # The ensemble first, as on Evaluation.
    models = [name for name in EVERY_NAME if name in models_in(rows)]
    names = st.pills("Models", models, selection_mode="multi", wrap=True, default=models,
                     format_func=EVERY_NAME.__getitem__, key=ResultControls.batch_models.key,
                     persist_state="session")  # fmt: skip
    subsets = {name: labelled_predictions(own) for name, own in subsets_of(rows).items()}
    subsets = {name: own for name, own in subsets.items() if len(own.labels)}
    chosen = st.selectbox("Reports", list(subsets), format_func=lambda name: f"{name} (n {len(subsets[name].labels)})",
                          key=ResultControls.batch_subset.key, persist_state="session")  # fmt: skip
    predictions = subsets[chosen]
    wanted = [name for name in models if name in names] or [ENSEMBLE]
    own = predictions.probabilities
    shown = tuple(name for name in wanted if name in own) or tuple(own)
    scores = score_tables.wide_score_table(_scores(predictions, shown))
    st.dataframe(scores, hide_index=True, alt="Scores of every model on the labelled reports, with 95% intervals")
    st.caption(
        "Each distinct report counts once. Scores are of the most probable class, whether or not a model abstains. In "
        "brackets: 95% bootstrap intervals over reports. Brier score and calibration error: lower is better."
    )
    shipped = cached.evaluation().thresholds
    _parts(Scope(predictions, shown, SCORE_CONTROLS, (f"labelled reports of a batch: {chosen}",), shipped), subsets)


@st.fragment
def _parts(scope: Scope, subsets: dict[str, HeldOutPredictions]) -> None:
    scored = any(len(own.labels) >= LEAST_REPORTS for own in subsets.values())
    names = [*PARTS, *([SUBSETS] if scored else [])]
    tabs = st.tabs(names, key=ResultControls.batch_score_part.key, on_change="rerun")
    for tab, name in zip(tabs, names, strict=True):
        if tab.open:
            with tab:
                if name == SUBSETS:
                    _subsets(scope, subsets)
                else:
                    PARTS[name](scope)


def _subsets(scope: Scope, subsets: dict[str, HeldOutPredictions]) -> None:
    score = st.selectbox("Score", list(tables.SCORES.values()), key=ResultControls.batch_score.key,
                         persist_state="session")  # fmt: skip
    few = [f"{name} ({len(own.labels)})" for name, own in subsets.items() if len(own.labels) < LEAST_REPORTS]
    found = []
    for name, own in subsets.items():
        if len(own.labels) < LEAST_REPORTS:
            continue
        table = _scores(own, tuple(model for model in scope.models if model in own.probabilities))
        found.append(table[table["score"] == score].assign(part=f"{name} (n {len(own.labels)})"))
    table = tables.joined(found)
    chart_downloads.draw(
        evaluation_charts.interval_chart(table, "part", score),
        "One score by layout and by trust, with 95% intervals",
        table,
        f"subsets_{score}",
        scope.notes,
        place="subsets",
    )
    left_out = f" Too few reports to score: {', '.join(few)}." if few else ""
    st.caption(
        f"A subset in which a class is missing has another macro-F1 and balanced accuracy for that alone.{left_out}"
    )


def _scores(predictions: HeldOutPredictions, models: Sequence[str]) -> pd.DataFrame:
    return tables.joined([cached.score_table(predictions, model) for model in models])


def _counts(rows: Sequence[Row], every: HeldOutPredictions) -> str:
    """Return how many reports are scored, and why the others are not."""
    own = distinct(rows)
    without = sum(row.label is None for row in own)
    refused = sum(row.status == "refused" and row.label is not None for row in rows)
    copies = sum(row.status == "read" for row in rows) - len(own)
    left_out = [
        f"{n} {what}"
        for n, what in ((without, "without label"), (refused, "labelled but refused"), (copies, "duplicates"))
        if n
    ]
    note = f" Not scored: {', '.join(left_out)}." if left_out else ""
    return f"**{len(every.labels)} labelled reports are scored.**{note}"
