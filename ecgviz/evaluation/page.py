"""The page Evaluation: headline, caveats, and one tab per part."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import chart_downloads
from ecgviz.charts import evaluation_charts
from ecgviz.evaluation import background, cached, classification, leakage, subsets, tables
from ecgviz.evaluation.background_tables import correct_of
from ecgviz.evaluation.controls import EvaluationControls
from ecgviz.evaluation.documents import documents
from ecgviz.evaluation.files import FOLDER
from ecgviz.words import article
from models.evaluation import HEADLINE
from models.networks import ENSEMBLE
from models.scoring import JOINT

TABS = {
    "Confusion matrix": classification.confusion_matrices,
    "Thresholds": classification.thresholds,
    "Calibration": classification.calibration,
    "Compare models": classification.compared,
    "Leads": subsets.leads,
    "Layouts": subsets.layouts,
    "Leakage": leakage.lesson,
    "Training history": background.training_history,
    "Data": background.data,
    "Out of distribution": background.out_of_distribution,
}
HEADLINE_NOTES = (
    "3x4+1 reports of the curated dataset; neither a report nor its group was in the training data of its fold",
    "in brackets 95% bootstrap intervals over groups of reports",
)


def headline() -> None:
    """Show the headline figures of all models."""
    figures = cached.evaluation().figures["headline"]
    best = figures[ENSEMBLE]
    found, n = correct_of(cached.predictions(HEADLINE, JOINT), ENSEMBLE)
    accuracy, score = tables.percent(**best["accuracy"]), tables.spread(**best["macro_f1"])
    st.markdown(
        f"**On {best['n']} held-out reports, our networks combined reach an accuracy of {accuracy} and a macro-F1 "
        f"of {score}. They find {found} of {n} infarctions.**"
    )
    table = tables.headline_table(figures)
    st.dataframe(table, hide_index=True, alt="Scores of every model on the same reports, with 95% intervals")
    st.caption(
        "3x4+1 pages of the curated dataset, five-fold cross-validation by report. In brackets: 95% bootstrap "
        "intervals over groups of reports. Brier score and calibration error: lower is better. The article's networks "
        f"were trained for some folds only. {article.CITATION}"
    )
    _caveats()
    with st.expander("Compare models by score", icon=":material/bar_chart:"):
        _comparison()


@st.fragment
def parts() -> None:
    """Show one part at a time; only the open one is computed."""
    tabs = st.tabs(list(TABS), key=EvaluationControls.evaluation_part.key, on_change="rerun")
    for tab, draw in zip(tabs, TABS.values(), strict=True):
        if tab.open:
            with tab:
                draw()


def sources() -> None:
    """Offer the model card, the log and the files behind the page."""
    documents()
    st.caption("Computed from the files below, as by `python -m models.evaluate`.")
    with st.container(horizontal=True, gap="small"):
        for file, kind in (("out_of_fold.npz", "application/octet-stream"), ("figures.json", "application/json")):
            st.download_button(
                file,
                (FOLDER / file).read_bytes,
                file,
                kind,
                on_click="ignore",
                key=f"file_{file}",
                icon=":material/download:",
            )


def _caveats() -> None:
    figures = cached.evaluation().figures["headline"][ENSEMBLE]
    _, n = correct_of(cached.predictions(HEADLINE, JOINT), ENSEMBLE)
    gain = tables.gain_from_one_more(figures["confusion"])
    more = "" if gain is None else f" Finding one more would raise macro-F1 by {gain:.3f}."
    st.warning(
        f"**Read with care.** Infarctions are few: {n} of {figures['n']} reports.{more} Some training choices and the "
        "abstention thresholds were made on these same reports, so the figures are slightly optimistic. All reports "
        "come from one hospital and one recorder, and no labelled collection of another hospital was scored; labels "
        "are folder names. Reports of version 1 outside the "
        "curated version 2 follow other labels: scores on them reflect that too.",
        icon=":material/info:",
    )


@st.fragment
def _comparison() -> None:
    figures = cached.evaluation().figures["headline"]
    scores = tables.SCORES
    score = st.selectbox(
        "Score",
        list(scores),
        format_func=scores.__getitem__,
        key=EvaluationControls.evaluation_score.key,
        persist_state="session",
    )
    table = tables.scores_table({"3x4+1": figures}, score)
    chart_downloads.draw(
        evaluation_charts.interval_chart(table, "model", scores[score]),
        f"{scores[score]} of every model with 95% intervals",
        table,
        f"headline_{score}",
        HEADLINE_NOTES,
        place="headline",
    )
