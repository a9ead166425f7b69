"""The page Evaluation: the headline, what to mind, and the parts that a reader opens one by one."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import chart_downloads
from ecgviz.charts import evaluation_charts
from ecgviz.evaluation import answers, background, kept, leak_story, subsets, tables
from ecgviz.evaluation.background_tables import found
from ecgviz.evaluation.files import FOLDER
from models.evaluation import HEADLINE
from models.networks import ENSEMBLE
from models.scoring import JOINT

TABS = {
    "Right and wrong": answers.right_and_wrong,
    "Thresholds": answers.thresholds,
    "Certainty": answers.certainty,
    "Leads": subsets.leads,
    "Layouts": subsets.layouts,
    "The leak": leak_story.story,
    "Teaching": background.teaching,
    "Data": background.data,
    "Strange pages": background.strange_pages,
}
HEADLINE_NOTES = (
    "each 3x4+1 report of the curated collection was scored by networks that saw neither it nor another of its group",
    "in brackets 95% intervals, over groups of reports drawn again with replacement",
)


def headline() -> None:
    """Say in one sentence and one table how good the networks are, and against what."""
    figures = kept.evaluation().figures["headline"]
    best = figures[ENSEMBLE]
    hits, n = found(kept.unseen_answers(HEADLINE, JOINT), ENSEMBLE)
    right, score = tables.percent(**best["accuracy"]), tables.spread(**best["macro_f1"])
    st.markdown(
        f"**On {best['n']} reports that they had not seen, the two networks together are right in {right} of "
        f"cases, with a macro-F1 of {score}; they find {hits} of {n} infarctions.**"
    )
    table = tables.headline_table(figures)
    st.dataframe(table, hide_index=True, alt="Every model's scores on the same reports, with 95% intervals")
    st.caption(
        "3x4+1 pages of the curated collection, five folds by report. Infarctions: found, of how many. In brackets "
        "95% intervals over groups of reports drawn again. Macro-F1 and balanced accuracy let each of the four classes "
        "count alike. Brier score and calibration error are better the smaller they are. Below the networks stands "
        "what they must beat; the paper's networks were taught on fewer folds, as their number of reports tells."
    )
    _with_care()
    with st.expander("Compare the models score by score", icon=":material/bar_chart:"):
        _score_by_score()


@st.fragment
def parts() -> None:
    """Show one part at a time; only the open one is computed."""
    tabs = st.tabs(list(TABS), key="evaluation_part", on_change="rerun")
    for tab, draw in zip(tabs, TABS.values(), strict=True):
        if tab.open:
            with tab:
                draw()


def sources() -> None:
    """Offer the files that all of this is computed from."""
    st.caption(
        "Everything on this page is computed from the files below; `python -m models.evaluate` computes the same. "
        "`models/MODEL_CARD.md` is the card, `models/LOG.md` tells what was tried."
    )
    with st.container(horizontal=True, gap="small"):
        for file, kind in (("out_of_fold.npz", "application/octet-stream"), ("figures.json", "application/json")):
            st.download_button(file, (FOLDER / file).read_bytes, file, kind, on_click="ignore", key=f"file_{file}",
                               icon=":material/download:")  # fmt: skip


def _with_care() -> None:
    figures = kept.evaluation().figures["headline"][ENSEMBLE]
    _, n = found(kept.unseen_answers(HEADLINE, JOINT), ENSEMBLE)
    more = tables.one_report_more(figures["confusion"])
    one = "" if more is None else f" One more of them found would raise the macro-F1 by {more:.3f}."
    st.warning(
        f"**To be read with care.** Infarctions are few: {n} of {figures['n']} reports.{one} Some choices in the "
        "networks' teaching were made on these same reports, and so were the bars below which they do not answer: "
        "the figures are a little kind. All reports come from one hospital and one recorder; labels are those of "
        "its folders. What version 1 of the collection holds beyond the curated version 2 is labelled "
        "otherwise, so figures on it tell of the labels as well.",
        icon=":material/info:",
    )


@st.fragment
def _score_by_score() -> None:
    figures = kept.evaluation().figures["headline"]
    scores = tables.SCORES
    score = st.selectbox("Score", list(scores), format_func=scores.__getitem__, key="evaluation_score",
                         persist_state="session")  # fmt: skip
    table = tables.scores_table({"3x4+1": figures}, score)
    chart_downloads.draw(
        evaluation_charts.interval_chart(table, "model", scores[score]),
        f"{scores[score]} of every model with its 95% interval",
        table,
        f"headline_{score}",
        HEADLINE_NOTES,
        place="headline",
    )
