"""The map of ST: every lead's level, leads of one wall side by side."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ecgviz.charts import cell_charts

# mV at which the colours are deepest: a tall elevation; higher ones keep that colour.
LARGEST_MV = 0.3
ROW_PX, LETTERS_PX = 44, 14


def map_chart(table: pd.DataFrame) -> alt.LayerChart:
    """Draw the map.

    Parameters
    ----------
    table : DataFrame
        Columns ``wall``, ``place`` (0 from the left), ``lead``, ``mv``, ``mm`` and ``level``, the text of ``mv``.
    """
    shown = table.assign(
        shade=table.mv.clip(-LARGEST_MV, LARGEST_MV),
        label=[f"{lead}  {level}" for lead, level in zip(table.lead, table.level, strict=True)],
    )
    base = alt.Chart(shown).encode(
        x=alt.X("place:O", axis=None, scale=alt.Scale(paddingInner=0.03)),
        y=alt.Y("wall:N", sort=list(dict.fromkeys(table.wall)), title=None, axis=alt.Axis(labelFontSize=LETTERS_PX)),
        tooltip=[
            alt.Tooltip("lead:N", title="Lead"),
            alt.Tooltip("mv:Q", title="ST, mV", format="+.2f"),
            alt.Tooltip("mm:Q", title="ST, mm at 10 mm/mV", format="+.1f"),
        ],
    )
    return cell_charts.of_labels(base, "shade", LARGEST_MV, alt.Text("label:N"), ROW_PX, LETTERS_PX)
