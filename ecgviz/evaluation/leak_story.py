"""The lesson of the leaking split: one network, two ways to deal the same collection, told in two minutes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from ecgviz.app import chart_downloads
from ecgviz.charts import evaluation_charts
from ecgviz.evaluation import background_tables, kept
from ecgviz.evaluation.background_tables import SPLITS, found
from ecgviz.evaluation.tables import RARE
from models.classes import CLASSES
from models.evaluation import other_pages
from models.scoring import JOINT

NETWORK = "paper_cnn"
WHY = (
    "**Why.** A network that has seen a picture need not learn the disease to name it; it is enough to recognise "
    "the picture. An examination whose questions were handed out beforehand, with their answers, measures memory."
)


def story() -> None:
    """Tell it: what the collection is, two ways to split it, what comes of each, and why."""
    files = kept.evaluation()
    public, rare = files.public["classes"], CLASSES[RARE]
    leaking = other_pages.leaking(files.kept)
    honest = kept.unseen_answers(other_pages.HEADLINE, JOINT)
    every, distinct = (sum(one[key] for one in public.values()) for key in ("files", "distinct"))
    seen, n = (len(leaking.of(part)[0]) for part in ("copies", "all"))
    hits, files_n = found(leaking, "all")
    honest_hits, honest_n = found(honest, NETWORK)
    pictures_n = len(np.unique(leaking.groups[leaking.labels == RARE]))
    table = background_tables.leak_table(leaking, honest)
    accuracy = {split: _value(table, split, "Accuracy") for split in (SPLITS["all"], SPLITS["honest"])}

    st.markdown("#### The same network, twice")
    st.markdown(
        f"1. **The collection repeats itself.** Its {every} files are {distinct} pictures; {public[rare]['files']} "
        f"files of infarctions are {public[rare]['distinct']} ({files.public['source']}).\n"
        f"2. **Deal the files at random**, as is often done, into those to teach on and those to test on. Here {seen} "
        f"of {n} test files then have a copy, to the byte, among those taught on.\n"
        f"3. **Test.** The paper's CNN is right in {accuracy[SPLITS['all']]:.0%} and finds {hits} of {files_n} files "
        f"of infarctions, which are {pictures_n} pictures. It looks ready for use.\n"
        f"4. **Deal reports instead**, so that no copy crosses over, and teach the same network the same way. It is "
        f"right in {accuracy[SPLITS['honest']]:.0%} and finds {honest_hits} of {honest_n} infarctions."
    )
    parted = st.toggle("Part the random test files by whether a copy was taught on", key="evaluation_parted",
                       persist_state="session")  # fmt: skip
    shown = table if parted else table[table["split"].isin([SPLITS["all"], SPLITS["honest"]])]
    chart_downloads.draw(
        evaluation_charts.interval_chart(shown, "score", "share or score", list(SPLITS.values()), "split"),
        "The same network's scores on files dealt at random and on reports dealt whole",
        shown,
        "leaking_split",
        ["the paper's CNN, taught the same way; intervals over distinct reports"],
    )
    twins = found(leaking, "copies")[1]
    st.markdown(
        f"{WHY} Infarctions suffer most, since the collection repeats them most: {twins} of the {files_n} files tested "
        "had a copy among those taught on."
    )
    labels = leaking.of("never_seen")[0]
    common = int(np.bincount(labels, minlength=len(CLASSES)).argmax())
    st.caption(
        f"To be fair: the two tests are not on the same reports. Of the {len(labels)} random test files without a "
        f"copy, {int((labels == common).sum())} are {CLASSES[common]} and {int((labels == RARE).sum())} are "
        "infarctions, so they cannot show what the network makes of infarctions that it never saw. Intervals are over "
        "distinct reports; where all are right or none, Wilson's. The split was drawn over the collection's 3x4+1 "
        "reports, each repeated as often as the collection repeats it."
    )


def _value(table: pd.DataFrame, split: str, score: str) -> float:
    return float(table.loc[(table["split"] == split) & (table["score"] == score), "value"].iloc[0])
