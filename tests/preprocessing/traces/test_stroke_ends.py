"""A trace ends where its stroke does, whatever is printed beyond, and keeps all that belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from preprocessing.traces.digitise import RATE_HZ, trace_leads
from tests.drawn_strokes import LEFT, PITCH, WIDTH, page_of

TIME_S = np.arange(10 * RATE_HZ) / RATE_HZ
WAVE_MV = 0.2 * np.sin(2 * np.pi * 2 * TIME_S)
BASELINE, END = 30 + PITCH // 2, LEFT + WIDTH
FULL, PALE = 0, 160


def frame(paper: np.ndarray) -> None:
    """Rule a line that is paler than the stroke along the foot of its row."""
    paper[BASELINE + PITCH // 2 - 2 :][:3] = PALE


def dots(paper: np.ndarray) -> None:
    """Leave the dots of a grid."""
    paper[5::20, 2::5] = 60


def letters(paper: np.ndarray) -> None:
    """Write below the row's ends, as dark as the stroke."""
    for first in (0, END - 40):
        for left in range(first, first + 60, 9):
            paper[BASELINE + 55 :][:10, left : left + 6] = FULL


@pytest.mark.parametrize("beyond", [frame, dots, letters])
def test_what_lies_beyond_the_ends_of_a_stroke_is_no_trace(beyond: Callable[[np.ndarray], None]) -> None:
    # So much short of ten seconds, the stroke has its place by the boxes.
    missing_s, to_end_s = 0.3, np.minimum(TIME_S, 10 - TIME_S)
    page, layout = page_of([np.where(to_end_s < missing_s, np.nan, WAVE_MV)])
    paper = page.rgb.copy()
    beyond(paper)
    paper[page.rgb < 255] = page.rgb[page.rgb < 255]
    mv = trace_leads(replace(page, rgb=paper), layout)[0].mv
    assert np.nanmax(np.abs(mv)) < 0.5
    assert np.isnan(mv[to_end_s < missing_s - 0.03]).all()
    assert np.isfinite(mv[to_end_s > missing_s + 0.03]).all()


def test_a_frame_below_does_not_hide_where_time_ends() -> None:
    # Printed one part in a hundred shorter than the grid says.
    short = np.interp(TIME_S, 0.99 * TIME_S, WAVE_MV, right=np.nan)
    page, layout = page_of([short])
    paper = page.rgb.copy()
    frame(paper)
    mv = trace_leads(replace(page, rgb=paper), layout)[0].mv
    off = (mv - WAVE_MV)[25:-25]
    assert np.abs(off - np.median(off)).max() < 0.03


@pytest.mark.parametrize("end", ["R", "S", "break", "late"])
def test_the_last_of_a_stroke_is_kept(end: str) -> None:
    mv = WAVE_MV.copy()
    mv += {"R": 0.9, "S": -1.6}.get(end, 0) * np.exp(-(((TIME_S - 9.995) / 0.03) ** 2))
    gap = {"break": (9.93, 9.955), "late": (9.5, 9.8)}.get(end, (0, 0))
    page, layout = page_of([np.where(np.abs(TIME_S - np.mean(gap)) < np.ptp(gap) / 2, np.nan, mv)])
    trace = trace_leads(page, layout)[0]
    off = trace.mv - mv
    off -= np.nanmedian(off)
    assert np.isfinite(trace.mv[-12:-2]).all()
    assert np.nanmax(np.abs(off[-40:-12])) < 0.15
