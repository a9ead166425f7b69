"""The part Kept readings: where they are, how many, export, and deleting everything."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import SessionSlot, ui
from ecgviz.store import Store, as_csv, as_jsonl, counts_of, delete_everything
from ecgviz.worklist import draft, switch
from ecgviz.worklist.controls import WorklistControls as Of
from ecgviz.worklist.controls import controls
from preprocessing.errors import EcgImageError

_NO_REFUSAL: EcgImageError | None = None
_REFUSED = SessionSlot("store_not_deleted", lambda: _NO_REFUSAL)


def show(store: Store) -> None:
    """Show what is kept and where, with a button for each thing to do with all of it."""
    counted = counts_of(store)
    with st.container(horizontal=True, gap="medium", border=True):
        for title, value in (("Readings", counted.readings), ("Reports", counted.reports),
                             ("Readers", counted.readers), ("Files kept", counted.pictures)):  # fmt: skip
            st.metric(title, value, width="content")
    st.caption(switch.WHAT_IS_KEPT)
    with st.container(horizontal=True, gap="small"):
        st.download_button("JSON Lines", lambda: as_jsonl(store), "ecgviz_readings.jsonl", "application/jsonl",
                           on_click="ignore", icon=":material/download:")  # fmt: skip
        st.download_button("CSV", lambda: as_csv(store), "ecgviz_readings.csv", "text/csv", on_click="ignore",
                           icon=":material/download:")  # fmt: skip
        if switch.chosen_here():
            st.button("Keep no more", icon=":material/close:", type="tertiary", on_click=switch.switch_off,
                      help="The file stays where it is.")  # fmt: skip
    st.caption("JSON Lines: every reading with its audit trail and the predictions of its report. CSV: the newest "
               "version of each reading. Backup: `ecgviz/service/README.md`.")  # fmt: skip
    st.subheader("Delete everything", anchor=False)
    of = f"{counted.readings} readings of {counted.readers} people, with files, predictions and history"
    st.checkbox(f"I want to delete {of}. This cannot be undone.", key=Of.delete_sure.key)
    st.button("Delete everything", icon=":material/delete_forever:", disabled=not controls.delete_sure,
              on_click=_delete, args=(store,))  # fmt: skip
    if (refusal := _REFUSED.value) is not None:
        ui.refused(refusal, "Nothing was deleted.")


def _delete(store: Store) -> None:
    _REFUSED.clear()
    try:
        delete_everything(store)
    except EcgImageError as refusal:
        _REFUSED.set(refusal)
    controls.delete_sure = False
    draft.load_again()
