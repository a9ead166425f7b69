"""The editor in which a person sets layout, lines and scale and reads the report again with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from ecgviz.app import session, studies
from ecgviz.app.all_controls import Controls, controls
from ecgviz.app.components import frame_editor
from ecgviz.app.session_state import Draft, Report, state
from ecgviz.study import (
    Corrections,
    Edges,
    Study,
    corrected,
    kept_edges,
    start_from,
    with_box,
    with_frame,
    with_layout,
    with_lines,
)
from ecgviz.words import lead_names, page_facts
from preprocessing.errors import EcgImageError
from preprocessing.leads import LAYOUTS, LeadBox
from preprocessing.page import Page
from preprocessing.recorder_settings import REPORT_GAINS_MM_MV, REPORT_SPEEDS_MM_S

ALL = "All leads"
WIDE_PX, FIELD_PX = 230, 150
SIDES = ("Left", "Top", "Right", "Bottom")
EDGE = Controls.by_hand_edge
UNMASKED = "Header and margins cannot be hidden before the leads are found: the whole page is shown."


def may_help(report: Report) -> bool:
    """Return whether a report was refused after its page had been found: a person could place leads on that."""
    return isinstance(studies.reading(report), EcgImageError) and studies.refused_page(report) is not None


def corrections_badge() -> None:
    """Mark a layout that was set by hand, with a button to undo it."""
    if session.corrections() is not None:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.badge("Layout set by hand", icon=":material/edit:", color="orange")
            st.button("Back to the automatic reading", type="tertiary", on_click=session.use_corrections, args=(None,))


@st.fragment
def edit(report: Report) -> None:
    """Draw the editor. Nothing changes outside it until its button is pressed."""
    page, kept = studies.page(report), _kept(report)
    draft = _draft(report)
    st.caption(
        "Choose the layout, then drag the lines or use Tab and arrow keys (Shift: ten pixels). Click a lead to move "
        "its box alone; 'All leads' returns to the lines."
    )
    _scale_row(draft, page)
    chosen = _lead_row(draft, page)
    frame_editor(
        key=Controls.frame_editor.key,
        data=frame_data(draft, page, studies.bare_page(report, kept, page), chosen),
        on_edit_change=_edited,
    )
    with st.container(horizontal=True, gap="small"):
        if st.button("Read with this layout", icon=":material/check:"):
            read = studies.reading(report)
            session.use_corrections(draft, read.measurements.values if isinstance(read, Study) else None)
            controls.editor_open = False
            st.rerun()
        if st.button("Start over", icon=":material/undo:"):
            _discard()
            st.rerun()


def frame_data(draft: Corrections, page: Page, image: str, chosen: str | None) -> dict[str, Any]:
    """Return the data of the picture with the lines: lines and boxes in pixels of the page."""
    _, layout = corrected(page, draft)
    own = {key for key, _ in draft.boxes}
    height, width = page.rgb.shape[:2]
    boxes = [
        {**_edges(box), "key": box.key, "name": lead_names.in_words(box.key), "strip": box.is_strip,
         "own": box.key in own, "row": row, "column": column}
        for row, beside in enumerate(layout.boxes_by_row)
        for column, box in enumerate(beside)
    ]  # fmt: skip
    return {
        "image": image,
        "width": width,
        "height": height,
        "columns": list(draft.columns),
        "rows": list(draft.rows),
        "boxes": boxes,
        "chosen": chosen,
    }


def _scale_row(draft: Corrections, page: Page) -> None:
    shown, _ = corrected(page, draft)
    controls.by_hand_layout, controls.by_hand_speed, controls.by_hand_gain = (
        draft.layout, draft.speed_mm_s, draft.gain_mm_mv)  # fmt: skip
    controls.by_hand_scaled = draft.px_per_mm is not None
    controls.by_hand_x, controls.by_hand_y = shown.px_per_mm_x, shown.px_per_mm_y
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox("Layout", list(LAYOUTS), key=Controls.by_hand_layout.key, format_func=page_facts.in_words,
                     width=WIDE_PX, on_change=_layout_chosen)  # fmt: skip
        for label, choices, control in (
            ("Speed, mm/s", REPORT_SPEEDS_MM_S, Controls.by_hand_speed),
            ("Gain, mm/mV", REPORT_GAINS_MM_MV, Controls.by_hand_gain),
        ):
            st.selectbox(label, choices, key=control.key, format_func="{:g}".format, width=FIELD_PX,
                         on_change=_scale_typed)  # fmt: skip
        for label, control in (("px/mm across", Controls.by_hand_x), ("px/mm down", Controls.by_hand_y)):
            st.number_input(label, 0.5, 200.0, key=control.key, step=0.01, format="%.2f", width=FIELD_PX,
                            disabled=not controls.by_hand_scaled, on_change=_scale_typed)  # fmt: skip
        st.checkbox("Set the scale by hand", key=Controls.by_hand_scaled.key, on_change=_scale_typed)


def _lead_row(draft: Corrections, page: Page) -> str | None:
    """Let a lead be chosen and its edges be typed; return the lead's key, or None for the frame of all."""
    _, layout = corrected(page, draft)
    leads = [box.key for box in layout.boxes]
    if controls.by_hand_lead not in leads:
        controls.by_hand_lead = ALL
    height, width = page.rgb.shape[:2]
    chosen = None if controls.by_hand_lead == ALL else controls.by_hand_lead
    box = next((box for box in layout.boxes if box.key == chosen), None)
    edges = draft.frame if box is None else (box.left, box.top, box.right, box.bottom)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox("Box", [ALL, *leads], key=Controls.by_hand_lead.key, format_func=_box_name, width=WIDE_PX)
        for side, edge, most in zip(SIDES, edges, (width, height, width, height), strict=True):
            field = EDGE.numbered(side)
            field.value = round(min(max(edge, 0.0), float(most)), 1)
            st.number_input(f"{side}, px", 0.0, float(most), key=field.key, step=1.0, format="%.1f", width=FIELD_PX,
                            on_change=_edge_typed)  # fmt: skip
    return chosen


def _kept(report: Report) -> Edges | None:
    """Return the part of the page that stays visible where margins are hidden, with a note."""
    if not session.margins_hidden():
        return None
    read = studies.reading(report)
    if isinstance(read, EcgImageError):
        st.warning(UNMASKED, icon=":material/info:")
        return None
    st.caption("Header and margins are hidden; the switch is on Home.")
    return kept_edges(read)


def _draft(report: Report) -> Corrections:
    held = state()
    if held.draft is None or held.draft.sha256 != report.sha256:
        read = studies.reading(report)
        layout = read.layout if isinstance(read, Study) else None
        held.draft = Draft(report.sha256, session.corrections() or start_from(studies.page(report), layout))
    return held.draft.corrections


def _now() -> Corrections:
    draft = state().draft
    assert draft is not None
    return draft.corrections


def _keep(chosen: Corrections) -> None:
    held = state()
    assert held.draft is not None
    held.draft = replace(held.draft, corrections=chosen)


def _discard() -> None:
    state().draft = None


def _layout_chosen() -> None:
    _keep(with_layout(_now(), controls.by_hand_layout))


def _scale_typed() -> None:
    scale = (controls.by_hand_x, controls.by_hand_y) if controls.by_hand_scaled else None
    _keep(replace(_now(), speed_mm_s=controls.by_hand_speed, gain_mm_mv=controls.by_hand_gain, px_per_mm=scale))


def _edge_typed() -> None:
    left, top, right, bottom = (EDGE.numbered(side).value for side in SIDES)
    lead = controls.by_hand_lead
    _move(None if lead == ALL else lead, (left, top, right, bottom))


def _move(key: str | None, edges: Edges) -> None:
    _keep(with_frame(_now(), edges) if key is None else with_box(_now(), key, edges))


def _edited() -> None:
    """Take an edit from the picture. It comes from a browser, so its form is checked first."""
    edit, draft = controls.frame_editor["edit"], _now()
    if edit["kind"] == "choose":
        controls.by_hand_lead = str(edit["key"])
    elif edit["kind"] == "box":
        left, top, right, bottom = map(float, edit["edges"])
        _move(str(edit["key"]), (left, top, right, bottom))
    elif (len(edit["columns"]), len(edit["rows"])) == (len(draft.columns), len(draft.rows)):
        _keep(with_lines(draft, edit["columns"], edit["rows"]))


def _edges(box: LeadBox) -> dict[str, float]:
    return {"left": box.left, "top": box.top, "right": box.right, "bottom": box.bottom}


def _box_name(key: str) -> str:
    return key if key == ALL else lead_names.in_words(key)
