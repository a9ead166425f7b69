"""The beat lab, Reported and measured: what the published pictures of six classes show."""

from __future__ import annotations

import streamlit as st

from ecgviz.beat_lab import tables
from ecgviz.beat_lab.examples import examples
from ecgviz.drawing import pictures
from models.beats import published_results

MATCHING = "Each picture was matched to a beat of MIT-BIH; where one fits, the database's annotation is counted."
SYMBOLS = (
    "Annotations of MIT-BIH: N normal, L and R left and right bundle branch block, A and a atrial, J and S nodal and "
    "supraventricular, V ventricular, E ventricular escape, F fusion, / paced, f fusion of paced and normal, ! flutter "
    "wave, Q unclassifiable."
)


def show() -> None:
    """Show the faults of the dataset, with examples and counts by class."""
    results = published_results()
    counts = results["six_classes"]
    atrial, flutter = counts["Premature atrial"], counts["Ventricular fibrillation"]
    left = counts["Left bundle branch block"]
    paced = atrial["symbols"].get("/", 0)
    copies, test = (sum(one[key] for one in counts.values()) for key in ("test_copies", "test"))
    atrial_n = atrial["train"] + atrial["test"]
    st.markdown(
        f"1. **{copies / test:.0%} of the test set is in the training set.** {copies:,} of {test:,} test pictures are "
        f"exact copies of training pictures; of ventricular fibrillation {flutter['test_copies']} of "
        f"{flutter['test']}.\n"
        f"2. **Most “premature atrial” beats are paced.** {paced:,} of {atrial_n:,} pictures match a paced beat, so "
        "that is mostly what a network learns for this class.\n"
        f"3. **“Ventricular fibrillation” is one patient's flutter**: all matched pictures are of record "
        f"{', '.join(flutter['records'])}.\n"
        f"4. **Left bundle branch block is {len(left['records'])} patients**: records {' and '.join(left['records'])}."
    )
    shown = examples()
    for (caption, picture), column in zip(shown, st.columns(len(shown), gap="small"), strict=True):
        with column:
            st.image(pictures.png(picture), width="stretch", alt=caption)
            st.caption(caption)
    table = tables.six_class_table(results)
    st.dataframe(table, hide_index=True, alt="What the pictures of each class show")
    st.caption(f"{MATCHING} {SYMBOLS}")
