"""The beat lab, last part: what the six classes' pictures really are."""

from __future__ import annotations

import streamlit as st

from ecgviz.beat_lab import tables
from ecgviz.beat_lab.examples import examples
from ecgviz.drawing import pictures
from models.beats import told

WHAT = (
    "Each picture was matched with the beats of MIT-BIH that it could show; where one fits surely, the annotation of "
    "the database says what it is."
)

SYMBOLS = (
    "Annotations as MIT-BIH writes them: N normal, L and R left and right bundle branch block, A and a atrial, J and S "
    "nodal and supraventricular, V ventricular, E ventricular escape, F fusion, / paced, f fusion of paced and normal, "
    "! flutter wave, Q unknown."
)


def show() -> None:
    """Tell what the pictures are, with drawings."""
    results = told()
    own = results["six_classes"]
    atrial, flutter = own["Premature atrial"], own["Ventricular fibrillation"]
    left = own["Left bundle branch block"]
    paced = atrial["symbols"].get("/", 0)
    copies, tested = (sum(one[key] for one in own.values()) for key in ("tested_copies", "tested"))
    atrial_n = atrial["taught"] + atrial["tested"]
    st.markdown(
        f"1. **{copies / tested:.0%} of the test is in the training.** {copies:,} of {tested:,} test files are, to "
        f"the byte, training files too; of the class ventricular fibrillation {flutter['tested_copies']} of "
        f"{flutter['tested']}.\n"
        f"2. **Premature atrial beats are mostly paced.** {paced:,} of {atrial_n:,} pictures fit a paced beat. What a "
        "network taught on them calls premature atrial is mostly that.\n"
        f"3. **Ventricular fibrillation is one patient's flutter**: all of its pictures that could be matched are of "
        f"record {', '.join(flutter['records'])}.\n"
        f"4. **Left bundle branch block is {len(left['records'])} patients**: records {' and '.join(left['records'])}."
    )
    drawings = examples()
    for (words, picture), column in zip(drawings, st.columns(len(drawings), gap="small"), strict=True):
        with column:
            st.image(pictures.png(picture), width="stretch", alt=words)
            st.caption(words)
    table = tables.what_they_are(results)
    st.dataframe(table, hide_index=True, alt="What the pictures of each class are")
    st.caption(f"{WHAT} {SYMBOLS}")
