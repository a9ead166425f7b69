"""Charts drawn without being held against the schema of Vega-Lite each time.

Altair compares every channel as it is made, and then the whole chart, with that schema: a good part of the time
between a control that is moved and the chart that follows it, every time, to find mistakes that are in our code or
not. The tests look for them: where ``ECGVIZ_CHECK_CHARTS`` is set, as it is in all tests, every chart is compared.
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
# A chart is told of as a whole, by its own words; words for each mark would be made in vain.
NO_WORDS_OF_MARKS = {"aria": False}
CHECKED = "ECGVIZ_CHECK_CHARTS" in os.environ
if not CHECKED:
    schemapi.disable_debug_mode()


class _Unchecked:
    """A chart as `st.altair_chart` asks for it: by `to_dict`, while Streamlit puts the chart's data aside."""

    def __init__(self, chart: AnyChart, config: dict[str, Any]) -> None:
        self.chart, self.config = chart, config

    def to_dict(self) -> dict[str, Any]:
        return self.chart.to_dict(validate=CHECKED) | self.config


def show(chart: AnyChart, words: str, width: Literal["stretch", "content"] = "stretch") -> None:
    """Draw a chart; what is written in it and has no colour of its own is in the ink of the theme that is on.

    Parameters
    ----------
    chart : altair chart
        Without a configuration of its own.
    words : str
        The chart for somebody who does not see it. While they stay, a chart whose figures alone change is not built
        anew in the browser: what a control says belongs beside the chart.
    width : str
    """
    config: dict[str, Any] = {"mark": NO_WORDS_OF_MARKS, "text": {"color": INKS[st.context.theme.type or "light"]}}
    # It asks for nothing but `to_dict`.
    st.altair_chart(cast(alt.Chart, _Unchecked(chart, {"config": config})), width=width, alt=words)
