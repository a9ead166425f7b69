"""Tables as charts: a cell for each row and column, shaded by its value, which is written in."""

from __future__ import annotations

import altair as alt

from ecgviz.drawing import shades

# Labels and values in pixels, legible on a projector; on a phone the names of classes are smaller.
LETTERS_PX, NARROW_LETTERS_PX, NARROW_PX = 14, 10, 700
# At most two lines: four classes must fit side by side on a narrow screen.
TWO_LINES = "split(replace(datum.label, ' ', '|'), '|')"


def letters(least_window_px: int) -> alt.ExprRef:
    """Return the size of labels that stand side by side: in narrower windows they would run into each other."""
    return alt.ExprRef(f"windowSize()[0] < {least_window_px} ? {NARROW_LETTERS_PX} : {LETTERS_PX}")


def legend_columns(wide_n: int) -> alt.ExprRef:
    """Return the number of columns of a legend above a chart: one in narrow windows, whose edge would cut a second."""
    return alt.ExprRef(f"windowSize()[0] < {NARROW_PX} ? 1 : {wide_n}")


def class_axis(least_window_px: int = NARROW_PX) -> alt.Axis:
    """Return the axis of the classes, each name centred over its column."""
    return alt.Axis(
        orient="top", labelAngle=0, labelAlign="center", labelFlush=False, labelOverlap=False, labelExpr=TWO_LINES,
        labelFontSize=letters(least_window_px),
    )  # fmt: skip


def row_axis() -> alt.Axis:
    """Return the axis of the rows, every name at the middle of its row."""
    return alt.Axis(labelFlush=False, labelOverlap=False)


def share_scale(largest: float = 1.0) -> alt.Scale:
    """Return the colours of shares, or of other values from 0 to the largest."""
    # Interpolated as in `shades.shade_of`.
    return alt.Scale(domain=[0, largest], range=[shades.NONE, shades.ALL], interpolate="rgb")


def difference_scale(largest: float) -> alt.Scale:
    """Return the colours of differences: blue below zero, red above."""
    return alt.Scale(domain=[-largest, 0, largest], range=[shades.LESS, shades.EVEN, shades.MORE], interpolate="rgb")


def of_shares(
    base: alt.Chart, share: str, written: alt.Text, height_px: int, letters_px: int = LETTERS_PX
) -> alt.LayerChart:
    """Draw cells of shares.

    Parameters
    ----------
    base : Chart
        With rows and columns encoded.
    share : str
        The column that shades, in [0, 1].
    written : Text
        The text of a cell.
    height_px, letters_px : int
        Height of a cell and size of its text.
    """
    return _cells(base, share, share_scale(), f"datum.{share} > {shades.LIGHT_FROM}", written, height_px, letters_px)


def of_differences(base: alt.Chart, value: str, largest: float, form: str, height_px: int) -> alt.LayerChart:
    """Draw cells of differences between minus and plus the largest, with the D3 format `form`."""
    return of_labels(base, value, largest, alt.Text(f"{value}:Q", format=form), height_px)


def of_labels(
    base: alt.Chart, value: str, largest: float, written: alt.Text, height_px: int, letters_px: int = LETTERS_PX
) -> alt.LayerChart:
    """Draw cells shaded by a value between minus and plus the largest, with any text."""
    light = f"datum.{value} < {shades.LIGHT_BELOW * largest}"
    return _cells(base, value, difference_scale(largest), light, written, height_px, letters_px)


def _cells(
    base: alt.Chart,
    value: str,
    scale: alt.Scale,
    light: str,
    written: alt.Text,
    height_px: int,
    letters_px: int = LETTERS_PX,
) -> alt.LayerChart:
    cells = base.mark_rect().encode(color=alt.Color(f"{value}:Q", legend=None, scale=scale))
    ink = alt.ColorValue(shades.DARK_INK, condition={"test": light, "value": shades.LIGHT_INK})
    words = base.mark_text(fontSize=letters_px).encode(text=written, color=ink)
    return alt.LayerChart(layer=[cells, words], height=alt.Step(height_px))
