"""Charts drawn without validation against the schema of Vega-Lite.

Altair validates every channel as it is made, and then the whole chart: a good part of the time between a moved control
and its chart, each time, to find mistakes in our own code. The tests find them instead: with ``ECGVIZ_CHECK_CHARTS``
set, as in all tests, every chart is validated.
"""

from __future__ import annotations

import os
from typing import Any, Literal, cast

import altair as alt
import streamlit as st
from altair.utils import schemapi

AnyChart = alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart | alt.FacetChart
# As in .streamlit/config.toml. Streamlit gives axes and legends the theme's colours, but leaves text marks black.
INKS = {"light": "#0f191a", "dark": "#e5eaea"}
# Legible on a projector, as on a screen: at least 4.5:1 in both themes.
LETTERS_PX = 14
# A chart has one description of its own; descriptions of each mark would not be read.
NO_WORDS_OF_MARKS = {"aria": False}
CHECKED = "ECGVIZ_CHECK_CHARTS" in os.environ
if not CHECKED:
    schemapi.disable_debug_mode()


class _Unchecked:
    """A chart as `st.altair_chart` takes it: by `to_dict`, with which Streamlit moves the data into datasets."""

    def __init__(self, chart: AnyChart, config: dict[str, Any]) -> None:
        self.chart, self.config = chart, config

    def to_dict(self) -> dict[str, Any]:
        return self.chart.to_dict(validate=CHECKED) | self.config


def show(chart: AnyChart, words: str, width: Literal["stretch", "content"] = "stretch") -> None:
    """Draw a chart; labels, and text marks without a colour of their own, get the ink of the current theme.

    Parameters
    ----------
    chart : altair chart
        Without a configuration of its own.
    words : str
        What the chart shows, for screen readers. While these words stay the same, the browser updates the chart in
        place, so values of controls belong beside the chart, not in here.
    width : str
    """
    ink = INKS[st.context.theme.type or "light"]
    labels = {"labelFontSize": LETTERS_PX, "titleFontSize": LETTERS_PX, "labelColor": ink, "titleColor": ink}
    config: dict[str, Any] = {
        "mark": NO_WORDS_OF_MARKS,
        "text": {"color": ink, "fontSize": LETTERS_PX},
        "axis": labels,
        "legend": labels,
        "header": labels,
    }
    # Streamlit uses nothing but `to_dict`.
    st.altair_chart(cast(alt.Chart, _Unchecked(chart, {"config": config})), width=width, alt=words)
