"""The editor by which a person sets layout, lines and scale, and has the report read again with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from ecgviz.app import session, studies
from ecgviz.app.components import frame_editor
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
_DRAFT, _FRAME = "draft", "frame_editor"


def may_help(report: session.Report) -> bool:
    """Tell whether a refused report shows leads that a person could place."""
    read = studies.reading(report)
    return isinstance(read, EcgImageError) and read.code == "layout_unknown"


def corrections_badge() -> None:
    """Say plainly where the layout is a person's, and let it be taken back."""
    if session.corrections() is not None:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.badge("Layout set by hand", icon=":material/edit:", color="orange")
            st.button("Back to the automatic reading", type="tertiary", on_click=session.use_corrections, args=(None,))


@st.fragment
def edit(report: session.Report) -> None:
    """Draw the editor. Nothing changes outside it until its button is pressed."""
    page, kept = studies.page(report), _kept(report)
    draft = _draft(report)
    st.caption(
        "Choose the layout, then drag the lines between the leads in the picture; Tab and the arrow keys move them "
        "too, with Shift by ten pixels. Click a lead to move its box alone; the box 'All leads' brings the lines back."
    )
    _scale_row(draft, page)
    chosen = _lead_row(draft, page)
    frame_editor(
        key=_FRAME,
        data=frame_data(draft, page, studies.bare_page(report, kept, page), chosen),
        on_edit_change=_edited,
    )
    with st.container(horizontal=True, gap="small"):
        if st.button("Read with this layout", icon=":material/check:"):
            session.use_corrections(draft)
            st.rerun()
        if st.button("Start again", icon=":material/undo:"):
            _forget()
            st.rerun()


def frame_data(draft: Corrections, page: Page, image: str, chosen: str | None) -> dict[str, Any]:
    """Return what the picture with the lines needs: lines and boxes in pixels of the page."""
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
    state = st.session_state
    state["by_hand_layout"], state["by_hand_speed"], state["by_hand_gain"] = (
        draft.layout, draft.speed_mm_s, draft.gain_mm_mv)  # fmt: skip
    state["by_hand_scaled"] = draft.px_per_mm is not None
    shown, _ = corrected(page, draft)
    state["by_hand_x"], state["by_hand_y"] = shown.px_per_mm_x, shown.px_per_mm_y
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            "Layout",
            list(LAYOUTS),
            key="by_hand_layout",
            format_func=page_facts.in_words,
            width=WIDE_PX,
            on_change=_layout,
        )
        st.selectbox(
            "Speed, mm/s",
            REPORT_SPEEDS_MM_S,
            key="by_hand_speed",
            format_func="{:g}".format,
            width=FIELD_PX,
            on_change=_facts,
        )
        st.selectbox(
            "Gain, mm/mV",
            REPORT_GAINS_MM_MV,
            key="by_hand_gain",
            format_func="{:g}".format,
            width=FIELD_PX,
            on_change=_facts,
        )
        for name, key in (("across", "by_hand_x"), ("down", "by_hand_y")):
            st.number_input(
                f"Pixels a mm, {name}",
                0.5,
                200.0,
                key=key,
                step=0.01,
                format="%.2f",
                width=FIELD_PX,
                disabled=not state["by_hand_scaled"],
                on_change=_facts,
            )
        st.checkbox("Set the scale by hand", key="by_hand_scaled", on_change=_facts)


def _lead_row(draft: Corrections, page: Page) -> str | None:
    """Let a lead be chosen and its edges be typed; return the lead's key, or None for the frame of all."""
    state = st.session_state
    _, layout = corrected(page, draft)
    leads = [box.key for box in layout.boxes]
    if state.setdefault("by_hand_lead", ALL) not in leads:
        state["by_hand_lead"] = ALL
    height, width = page.rgb.shape[:2]
    chosen = None if state["by_hand_lead"] == ALL else state["by_hand_lead"]
    box = next((box for box in layout.boxes if box.key == chosen), None)
    edges = draft.frame if box is None else (box.left, box.top, box.right, box.bottom)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox("Box", [ALL, *leads], key="by_hand_lead", format_func=_box_name, width=WIDE_PX)
        for side, edge, most in zip(SIDES, edges, (width, height, width, height), strict=True):
            state[f"by_hand_{side}"] = round(min(max(edge, 0.0), float(most)), 1)
            st.number_input(
                f"{side}, px",
                0.0,
                float(most),
                key=f"by_hand_{side}",
                step=1.0,
                format="%.1f",
                width=FIELD_PX,
                on_change=_typed,
            )
    return chosen


def _kept(report: session.Report) -> Edges | None:
    """Return what of the page stays where margins are hidden, and say what that means here."""
    if not session.margins_hidden():
        return None
    read = studies.reading(report)
    if isinstance(read, EcgImageError):
        st.warning("Where the leads lie is not known, so header and margins cannot be hidden here: the whole page is "
                   "shown.", icon=":material/info:")  # fmt: skip
        return None
    st.caption("Header and margins are hidden, by where the leads lie now; the switch is on Home.")
    return kept_edges(read)


def _draft(report: session.Report) -> Corrections:
    if _DRAFT not in st.session_state or st.session_state.get("draft_of") != report.sha256:
        read = studies.reading(report)
        layout = read.layout if isinstance(read, Study) else None
        st.session_state[_DRAFT] = session.corrections() or start_from(studies.page(report), layout)
        st.session_state["draft_of"] = report.sha256
    return st.session_state[_DRAFT]


def _forget() -> None:
    st.session_state.pop(_DRAFT, None)


def _keep(draft: Corrections) -> None:
    st.session_state[_DRAFT] = draft


def _layout() -> None:
    _keep(with_layout(st.session_state[_DRAFT], st.session_state["by_hand_layout"]))


def _facts() -> None:
    state = st.session_state
    scale = (state["by_hand_x"], state["by_hand_y"]) if state["by_hand_scaled"] else None
    _keep(replace(state[_DRAFT], speed_mm_s=state["by_hand_speed"], gain_mm_mv=state["by_hand_gain"],
                  px_per_mm=scale))  # fmt: skip


def _typed() -> None:
    left, top, right, bottom = (st.session_state[f"by_hand_{side}"] for side in SIDES)
    lead = st.session_state["by_hand_lead"]
    _moved(None if lead == ALL else lead, (left, top, right, bottom))


def _moved(key: str | None, edges: Edges) -> None:
    draft = st.session_state[_DRAFT]
    _keep(with_frame(draft, edges) if key is None else with_box(draft, key, edges))


def _edited() -> None:
    """Take what was done in the picture. It comes from a browser, so its form is checked before it is believed."""
    edit = st.session_state[_FRAME]["edit"]
    draft = st.session_state[_DRAFT]
    if edit["kind"] == "choose":
        st.session_state["by_hand_lead"] = str(edit["key"])
    elif edit["kind"] == "box":
        left, top, right, bottom = map(float, edit["edges"])
        _moved(str(edit["key"]), (left, top, right, bottom))
    elif (len(edit["columns"]), len(edit["rows"])) == (len(draft.columns), len(draft.rows)):
        _keep(with_lines(draft, edit["columns"], edit["rows"]))


def _edges(box: LeadBox) -> dict[str, float]:
    return {"left": box.left, "top": box.top, "right": box.right, "bottom": box.bottom}


def _box_name(key: str) -> str:
    return key if key == ALL else lead_names.in_words(key)
