"""Worklist: label many reports, blind or not, decide where readers differ, and compare readers and networks."""

import streamlit as st

from ecgviz.app import ui
from ecgviz.worklist import WorklistControls, agreed, kept, labelling, store_place, switch

ui.frame("Worklist", "Label many reports, decide where readers differ, compare readers with each other and networks.")

if not store_place.is_on():
    switch.offer()
    st.stop()
store = switch.opened_or_refused()
if store is None:
    st.stop()

PARTS = {"Label": labelling.show, "Agreement": agreed.show, "Kept readings": kept.show}
part = st.segmented_control(
    "Part",
    list(PARTS),
    key=WorklistControls.worklist_part.key,
    required=True,
    label_visibility="collapsed",
    persist_state="session",
)
switch.guarded(lambda: PARTS[part](store))
switch.where(store)
