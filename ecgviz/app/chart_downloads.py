"""A chart with its table, the table as CSV, and how to download the chart as PNG.

One line a chart::

    chart_downloads.draw(chart, "What the chart shows, for screen readers", table, "risk_coverage")

Where several charts share one table, draw each with `unchecked_charts.show` and call `under` once below them.
The name is used for the CSV, its button's key and the expander's key, so it must be unique on a page. Where the name
depends on a choice, pass a fixed `place`, so that an opened expander stays open. Name tables of a report by its hash:
``f"{name_of(report.sha256)}_leads"``. `notes` become lines of ``#`` at the head of the CSV: what the table shows, with
units, n and the settings it was made with.

The PNG is made in the browser by Streamlit's "Download as PNG" button over a chart: at twice the screen size, in the
current theme, without a request. A converter of our own (vl-convert-python, BSD) would add 84 MB and draw each chart a
second time on the server.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from ecgviz import __version__
from ecgviz.app import unchecked_charts
from ecgviz.app.unchecked_charts import AnyChart

LABEL = "Table and downloads"
# First part of the expander's key; its place or name follows.
OPENED = "table_"
PNG_HINT = (
    "Chart as PNG: point at the chart, or tap or focus it, and choose :material/download: Download as PNG at its upper "
    "right."
)
HEAD = f"# ecgviz {__version__}; for research and teaching only, not a medical device"


def draw(
    chart: AnyChart, words: str, table: pd.DataFrame, name: str, notes: Sequence[str] = (), place: str = ""
) -> None:
    """Draw a chart as wide as its place, with its table and downloads under it.

    Parameters
    ----------
    chart : altair chart
    words : str
        What the chart shows, for screen readers.
    table : DataFrame
        The charted values. A plain row index is left out; any other is shown and written.
    name : str
        File name of the CSV without its suffix, unique on the page.
    notes : sequence of str
        Comment lines at the head of the CSV.
    place : str
        Fixed part of the key, where the name depends on a choice.
    """
    unchecked_charts.show(chart, words)
    under(table, name, notes, place)


@st.fragment
def under(table: pd.DataFrame, name: str, notes: Sequence[str] = (), place: str = "") -> None:
    """Offer the table of the chart above, on screen and as CSV; it is made only when opened.

    A hidden table would be drawn with each change of its chart and takes as long as the chart itself.
    """
    opened = st.expander(LABEL, key=f"{OPENED}{place or name}", on_change="rerun")
    if opened.open:
        with opened:
            st.dataframe(table, hide_index=_only_counts(table))
            st.download_button("CSV", lambda: as_csv(table, notes), f"{name}.csv", "text/csv", key=f"csv_{name}",
                               on_click="ignore", icon=":material/download:")  # fmt: skip
            st.caption(PNG_HINT)


def as_csv(table: pd.DataFrame, notes: Sequence[str] = ()) -> bytes:
    """Write a table as CSV: comment lines of `#`, a header, one line per row; missing values are empty.

    Examples
    --------
    >>> print(as_csv(pd.DataFrame({"lead": ["I"], "share": [0.5]}), ["330 reports"]).decode().split("\\n", 1)[1])
    # 330 reports
    lead,share
    I,0.5
    <BLANKLINE>
    """
    lines = [HEAD, *(f"# {note}" for note in notes)]
    written: str = table.to_csv(index=not _only_counts(table))
    return ("\n".join(lines) + "\n" + written).encode("utf-8")


def _only_counts(table: pd.DataFrame) -> bool:
    return isinstance(table.index, pd.RangeIndex)
