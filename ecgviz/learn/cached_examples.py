"""Simulated examples, cached for all sessions: they show no patient."""

from __future__ import annotations

import streamlit as st

from ecgviz.drawing import pictures
from ecgviz.learn import examples
from ecgviz.learn.examples import Drawn, Example


@st.cache_resource(max_entries=12, show_spinner=False)
def drawn(example: Example) -> Drawn:
    """Return an example, drawn for the screen."""
    return examples.shown(example)


@st.cache_data(max_entries=24, show_spinner=False)
def drawn_picture(example: Example, outlined: tuple[str, ...] = ()) -> str:
    """Return the data URL of a simulated page, with some leads outlined."""
    page = drawn(example).drawing
    if outlined:
        return pictures.data_url(pictures.page_with_leads(page.image, examples.outlines(page, outlined)))
    return pictures.data_url(pictures.webp(page.image) if example.camera != "none" else pictures.png(page.image))


@st.cache_data(max_entries=6, show_spinner=False)
def drawn_file(example: Example) -> bytes:
    """Return an example as the image file of a report."""
    return examples.as_file(example)
