"""The measurements of the reader on the page Signals: taken from the viewer, listed, named, removed."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from ecgviz.app import Controls, controls, session
from ecgviz.study import HandMeasurement, Study, caliper_measurement, st_measurement
from ecgviz.words import hand_measurements, plain

# A name fills a cell of the report's table.
NAME_MAX, NAME_PX = 40, 200
MOST_KEPT = 30


def take(study: Study) -> None:
    """Keep what the viewer sends. It comes from a browser: the ends are checked, the values are computed here."""
    sent = controls.page_viewer["kept"]
    held = session.measured_by_hand()
    number = len(held) + 1
    taken: HandMeasurement | None
    if sent["kind"] == "st":
        taken = st_measurement(study, int(sent["lead"]), int(sent["beat"]), f"ST {number}")
    else:
        zero = None if sent["zero"] is None else int(sent["zero"])
        ends = int(sent["a"]), int(sent["b"])
        taken = caliper_measurement(study, int(sent["lead"]), ends, zero, f"Calipers {number}")
    if taken is None or len(held) >= MOST_KEPT:
        st.toast("This was not kept." if taken is None else f"At most {MOST_KEPT} measurements are kept.")
        return
    session.keep_by_hand((*held, taken))
    st.toast("Kept. Your measurements are listed below the signals and go into the report.")


def show() -> None:
    """List what was kept, with a field for each name and a button to remove each."""
    held = session.measured_by_hand()
    if not held:
        st.caption("Keep what you measure with calipers or ST: it is listed here, and goes into the report.")
        return
    for place, (one, row) in enumerate(zip(held, hand_measurements.rows(held), strict=True)):
        field = Controls.hand_name.numbered(place)
        field.value = one.name
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.text_input("Name", key=field.key, max_chars=NAME_MAX, width=NAME_PX, label_visibility="collapsed",
                          on_change=_name, args=(place,))  # fmt: skip
            words = ", ".join(part for part in row[1:-1] if part != hand_measurements.NONE)
            st.markdown(plain(f"{words}, against {one.against}"), width="content")
            st.button("Remove", key=f"remove_hand_{place}", icon=":material/close:", type="tertiary",
                      on_click=_remove, args=(place,))  # fmt: skip
    st.caption(hand_measurements.NOTE)


def _name(place: int) -> None:
    held = list(session.measured_by_hand())
    held[place] = replace(held[place], name=Controls.hand_name.numbered(place).value.strip() or held[place].name)
    session.keep_by_hand(tuple(held))


def _remove(place: int) -> None:
    held = session.measured_by_hand()
    session.keep_by_hand(held[:place] + held[place + 1 :])
