"""One lead on ECG paper, with its calibration pulse."""

from __future__ import annotations

import numpy as np

from sample_images import LAYOUTS, PageStyle, draw_page, simulate

# One lead per row: all rows but the wanted one lie outside the paper.
LAYOUT = "12x1"
WIDTH_MM, HEIGHT_MM, TRACE_LEFT_MM, BASELINE_MM = 160.0, 50.0, 16.0, 30.0
# Far enough apart that no neighbouring row reaches onto the paper.
PITCH_MM, NAME_MM = 200.0, (1.0, -20.0)
EDGE_MM, DPI = 2.0, 150


def strip(rhythm: str, lead: str, speed_mm_s: float = 25.0, gain_mm_mv: float = 10.0) -> np.ndarray:
    """Draw one lead of a simulated rhythm.

    Returns
    -------
    ndarray, shape (rows, columns, 3), uint8
        50 mm by 160 mm of paper.
    """
    row = [names[0] for names in LAYOUTS[LAYOUT].rows].index(lead)
    style = PageStyle(
        layout=LAYOUT,
        speed_mm_s=speed_mm_s,
        gain_mm_mv=gain_mm_mv,
        dpi=DPI,
        width_mm=WIDTH_MM,
        height_mm=HEIGHT_MM,
        chart_mm=(EDGE_MM, EDGE_MM, WIDTH_MM - EDGE_MM, HEIGHT_MM - EDGE_MM),
        trace_left_mm=TRACE_LEFT_MM,
        trace_width_mm=WIDTH_MM - EDGE_MM - TRACE_LEFT_MM,
        baselines_mm=tuple(BASELINE_MM + PITCH_MM * (place - row) for place in range(len(LAYOUTS[LAYOUT].rows))),
        name_mm=NAME_MM,
        texts=(),
    )
    return draw_page(simulate(rhythm, seed=1), style).image


def squares(speed_mm_s: float, gain_mm_mv: float) -> list[tuple[str, str, str]]:
    """Return what the squares of the paper mean: name, time and voltage.

    Examples
    --------
    >>> squares(25, 10)[0]
    ('small square, 1 mm', '40 ms', '0.1 mV')
    """
    return [
        (name, f"{1000 * mm / speed_mm_s:g} ms", f"{mm / gain_mm_mv:g} mV")
        for name, mm in (("small square, 1 mm", 1), ("large square, 5 mm", 5))
    ]
