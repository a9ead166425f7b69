"""The lesson on leakage: one network, trained on two splits of the same dataset."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from ecgviz.app import chart_downloads
from ecgviz.charts import evaluation_charts
from ecgviz.evaluation import background_tables, cached
from ecgviz.evaluation.background_tables import SPLITS, correct_of
from ecgviz.evaluation.controls import EvaluationControls
from ecgviz.evaluation.tables import RARE
from ecgviz.words import article
from models.classes import CLASSES
from models.evaluation import held_out
from models.scoring import JOINT

NETWORK = "paper_cnn"
WHY = (
    "**Why.** A network that has seen an image need not learn the disease to name its class; it can recognise the "
    "image. An exam whose questions were handed out beforehand, with the answers, measures memory."
)


def lesson() -> None:
    """Show the dataset, the two splits, their scores, and why they differ."""
    files = cached.evaluation()
    public, rare = files.public["classes"], CLASSES[RARE]
    leaking = held_out.leaking(files.out_of_fold)
    by_report = cached.predictions(held_out.HEADLINE, JOINT)
    total, distinct = (sum(one[key] for one in public.values()) for key in ("files", "distinct"))
    copies, n = (len(leaking.of(part)[0]) for part in ("with_copy", "all"))
    found, files_n = correct_of(leaking, "all")
    found_by_report, reports_n = correct_of(by_report, NETWORK)
    images_n = len(np.unique(leaking.groups[leaking.labels == RARE]))
    table = background_tables.leakage_table(leaking, by_report)
    accuracy = {split: _value(table, split, "Accuracy") for split in (SPLITS["all"], SPLITS["honest"])}

    st.markdown("#### One network, two splits")
    st.markdown(
        f"1. **The dataset contains copies.** Its {total} files are {distinct} distinct images; the "
        f"{public[rare]['files']} files of infarctions are {public[rare]['distinct']}. Source: "
        f"{files.public['source']}.\n"
        f"2. **Split the files at random**, as is often done, into training and test set. {copies} of {n} test files "
        f"then have an exact copy in the training set.\n"
        f"3. **Test.** The CNN of {article.NAME} reaches an accuracy of {accuracy[SPLITS['all']]:.0%} and finds "
        f"{found} of {files_n} files of infarctions, which are {images_n} images. It looks ready for use.\n"
        f"4. **Split by report instead**, without copies across the split, and train the same network the same way. "
        f"Its accuracy is {accuracy[SPLITS['honest']]:.0%} and it finds {found_by_report} of {reports_n} infarctions."
    )
    separate = st.toggle(
        "Separate the random test files with and without a copy",
        key=EvaluationControls.evaluation_copies.key,
        persist_state="session",
    )
    shown = table if separate else table[table["split"].isin([SPLITS["all"], SPLITS["honest"]])]
    chart_downloads.draw(
        evaluation_charts.interval_chart(shown, "score", "score", list(SPLITS.values()), "split"),
        "Scores of the same network on a random split of files and on a split by report",
        shown,
        "leaking_split",
        ["the article's CNN, trained the same way on both splits; intervals over distinct reports"],
    )
    copies_rare = correct_of(leaking, "with_copy")[1]
    st.markdown(
        f"{WHY} Infarctions are affected most, because the dataset repeats them most: {copies_rare} of the {files_n} "
        "test files had a copy in the training set."
    )
    labels = leaking.of("without_copy")[0]
    common = int(np.bincount(labels, minlength=len(CLASSES)).argmax())
    st.caption(
        f"The two test sets differ. Of the {len(labels)} random test files without a copy, "
        f"{int((labels == common).sum())} are {CLASSES[common]} and {int((labels == RARE).sum())} are infarctions, so "
        "they show little about infarctions without a copy. 95% bootstrap intervals over distinct reports, Wilson's "
        "for shares of 0 or 1. The random split uses the 3x4+1 reports, each repeated as often as in the dataset."
    )


def _value(table: pd.DataFrame, split: str, score: str) -> float:
    return float(table.loc[(table["split"] == split) & (table["score"] == score), "value"].iloc[0])
