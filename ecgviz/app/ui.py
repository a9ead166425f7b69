"""The frame of every page, and the parts that pages share."""

from __future__ import annotations

import streamlit as st

from ecgviz import DISCLAIMER
from ecgviz.app import address, caches, garbage, header, session, widget_state
from ecgviz.words import plain
from preprocessing.errors import EcgImageError

PAGES = [(path, name) for group in header.MENU.values() for path, name in group.items()]
FACT_PX, NAMES_PX = 140, 320
# An uploader keeps its file's name and has no option to hide it.
NO_UPLOAD_NAMES = '<style>[data-testid="stFileChipName"] {visibility: hidden}</style>'
HIDING = (
    "Paints over everything outside the traces and hides file names, on every page and for every report. Print and "
    "handwriting between the traces stay, also in the crops on Preprocessing."
)


def frame(title: str, lead_in: str) -> None:
    """Draw the header with the menu, the page's title, its first line and the disclaimer."""
    st.set_page_config(page_title=f"{title} \N{MIDDLE DOT} ecgviz", page_icon=caches.tab_icon(), layout="wide")
    garbage.exempt()
    widget_state.fill_defaults()
    address.follow()
    header.show()
    if session.margins_hidden():
        st.html(NO_UPLOAD_NAMES)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="title"):
        st.title(title, anchor=False, width="content")
        st.markdown(lead_in, width="content")
        st.space("stretch")
        st.caption(DISCLAIMER, width="content")


def refused(refusal: EcgImageError, what: str) -> None:
    """Show a refusal: what happened, what to do, and its stable code."""
    st.error(f"**{what}** {plain(refusal.message)}\n\nCode: `{refusal.code}`", icon=":material/block:")
