"""A chart with what stands under it: its table, the table as CSV, and how to take the chart away as PNG.

One line a chart::

    chart_downloads.draw(chart, "What the picture shows, for who does not see it", table, "risk_coverage")

Where several charts share one table, draw each by `unchecked_charts.show` and call `under` once below them.
The name becomes the CSV's and its button's key, and that of what unfolds, so each name stands on a page once. Where it
tells what was chosen, `place` says what stands there whatever is chosen, so that what was opened stays so. What comes
from a report is named from its hash: ``f"{exports.name_of(report.sha256)}_leads"``. `notes` become lines of ``#`` at
the head of the CSV: say there what the table is about, with units, n and the choices that it was made under.

The PNG is made in the browser, by the button "Download as PNG" that Streamlit lays over a chart: at twice the size
on the screen, in the theme that is on, without a request. A converter of our own (vl-convert-python, BSD) would add
84 MB and draw each chart a second time, on the server and after other rules than the screen's.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from ecgviz import __version__
from ecgviz.app import unchecked_charts
from ecgviz.app.unchecked_charts import AnyChart

LABEL = "Table and downloads"
# Of the key of what unfolds under a chart; its place or its name follows.
OPENED = "table_"
PNG_HINT = (
    "The chart as PNG: point at it, tap it or move to it by keys, and take :material/download: Download as PNG "
    "among the buttons at its upper right."
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
        The chart for somebody who does not see it.
    table : DataFrame
        What the chart shows. An index that only counts is left out; any other is shown and written.
    name : str
        Of the CSV, without its ending; the only one of that name on the page.
    notes : sequence of str
        Lines of words for the head of the CSV.
    place : str
        What stands here whatever is chosen, where the name tells of a choice.
    """
    unchecked_charts.show(chart, words)
    under(table, name, notes, place)


@st.fragment
def under(table: pd.DataFrame, name: str, notes: Sequence[str] = (), place: str = "") -> None:
    """Offer the table of what was drawn just above, to look at and as CSV; made only where the reader opens it.

    A table that nobody sees would be drawn anew with each change of its chart, and takes as long as the chart does.
    """
    opened = st.expander(LABEL, key=f"{OPENED}{place or name}", on_change="rerun")
    if opened.open:
        with opened:
            st.dataframe(table, hide_index=_only_counts(table))
            st.download_button("CSV", lambda: as_csv(table, notes), f"{name}.csv", "text/csv", key=f"csv_{name}",
                               on_click="ignore", icon=":material/download:")  # fmt: skip
            st.caption(PNG_HINT)


def as_csv(table: pd.DataFrame, notes: Sequence[str] = ()) -> bytes:
    """Write a table as CSV: lines of `#`, a header, one line a row; empty where there is no figure.

    Examples
    --------
    >>> print(as_csv(pd.DataFrame({"lead": ["I"], "share": [0.5]}), ["330 reports"]).decode().split("\\n", 1)[1])
    # 330 reports
    lead,share
    I,0.5
    <BLANKLINE>
    """
    lines = [HEAD, *(f"# {note}" for note in notes)]
    return ("\n".join(lines) + "\n" + table.to_csv(index=not _only_counts(table))).encode("utf-8")


def _only_counts(table: pd.DataFrame) -> bool:
    return isinstance(table.index, pd.RangeIndex)
