"""A report that was not read: why, what was found on it, and what a person can do."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import layout_editor, pdf_choice, session, studies, ui
from ecgviz.app.caches import of_report
from ecgviz.app.session_state import Report
from ecgviz.drawing import found_so_far_drawn, pictures
from ecgviz.study import FoundSoFar
from preprocessing.errors import EcgImageError

BY_HAND = "Set the layout by hand"
HIDDEN = "Header and margins are hidden, so the picture is not shown: where its leads lie is not known."


def show(report: Report, refusal: EcgImageError) -> None:
    """Show a refusal with the layout editor, the picture and what was found on it."""
    ui.refused(refusal, "This image was not read.")
    if layout_editor.may_help(report):
        with st.expander(BY_HAND, icon=":material/edit:"):
            layout_editor.edit(report)
    pdf_choice.show(report)
    found = studies.refused_page(report)
    if found is None:
        return
    if session.margins_hidden():
        st.caption(HIDDEN)
        return
    picture, words = st.columns([3, 1], gap="medium")
    with picture:
        st.image(_drawn(report.sha256, found), width="stretch", alt="The page, with what was found on it drawn in")
    with words:
        st.markdown("**Found on the page**")
        for line in in_words(found):
            st.markdown(f"* {line}")


def in_words(found: FoundSoFar) -> list[str]:
    """Return what was found of a refused page, one sentence each."""
    names = ", ".join(dict.fromkeys(name.lead for name in found.names))
    scale = f"{found.page.px_per_mm_x:.1f} px/mm"
    return [
        f"Grid: {scale}; the bar in the picture is 25 mm" if found.page.scale_from == "grid" else "Grid: none",
        f"Names of leads, framed: {names}" if names else "Names of leads: none was read",
        "Tinted: what was taken for trace",
    ]


def set_by_hand(report: Report) -> None:
    """Link to the layout editor, if that can help."""
    if layout_editor.may_help(report):
        st.page_link("pages/3_Signals.py", label=BY_HAND, icon=":material/edit:")


@of_report(st.cache_data, max_entries=2)
def _drawn(sha256: str, _found: FoundSoFar) -> str:
    """Return the page with what was found on it as a data URL."""
    boxes = [(name.lead, (name.left, name.top, name.right, name.bottom)) for name in _found.names]
    return pictures.data_url(pictures.webp(found_so_far_drawn(_found.page, boxes)))
