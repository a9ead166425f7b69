"""The signals as a drawing in millimetres for the viewer: plain data without requests.

One unit is one millimetre of paper at 25 mm/s and 10 mm/mV, whatever the page's own speed and gain. The page is
stretched to the same paper, so page and signals coincide.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Sequence
from math import ceil, floor
from typing import Any

import numpy as np

from ecgviz import DISCLAIMER
from ecgviz.drawing import pictures
from ecgviz.study import Study, in_units, name_of, page_shown, rank
from ecgviz.words import waves
from preprocessing.lead_id import LeadId
from preprocessing.leads import LeadBox
from preprocessing.measuring import BeatSt, MedianBeat, st_of_beats
from preprocessing.page import Page
from preprocessing.traces import RATE_HZ, Trace

SPEED_MM_S, GAIN_MM_MV = 25.0, 10.0
MARGIN_MM = 3.0
LABEL_MM = 1.5
# The median beats: how many in a row, and the room above them for the marks' names and between them.
BEATS_PER_ROW, HEAD_MM, GAP_MM = 6, 9.0, 2.0
# From the edge of a picture to the centre of its first pixel.
CENTRE_PX = 0.5


def page_drawing(
    study: Study, traces: Sequence[Trace], hidden: bool = False, group: str = "", keeps: bool = False
) -> dict[str, Any]:
    """Lay out the signals as on the page, with the page itself behind them.

    Only the leads' part of the page is included; with `hidden`, only what `masking` keeps of it. Drawings of one group
    are moved and zoomed in step. With `keeps`, a person can keep what is measured.
    """
    rgb = page_shown(study, hidden)
    x_mm, y_mm = _millimetres(traces)
    left, top, right, bottom = _shown(study.page, study.layout.boxes, x_mm)
    boxes = {box.key: box for box in study.layout.boxes}
    every = st_of_beats(traces, study.measurements)
    leads = [
        {**_lead(trace, boxes[trace.key], x_mm, y_mm), "beats": list(map(_beat, beats))}
        for trace, beats in zip(traces, every, strict=True)
    ]
    return versioned(
        {
            "kind": "page",
            "label": f"{len(leads)} leads on millimetre paper, 25 mm/s and 10 mm/mV",
            "footer": footer(study),
            "rate_hz": RATE_HZ,
            "x": left * x_mm,
            "y": top * y_mm,
            "width": (right - left) * x_mm,
            "height": (bottom - top) * y_mm,
            "origin_x": min(lead["x"] for lead in leads),
            "group": group,
            "keeps": keeps,
            "image": pictures.data_url(pictures.webp(rgb[top:bottom, left:right])),
            "leads": leads,
        }
    )


def beats_drawing(study: Study, other: Study | None = None) -> dict[str, Any]:
    """Lay out the median beats of all leads in rows, each with the marks of its waves.

    With another study its beats lie over them. The measurements of each must have a median beat.
    """
    beat = study.measurements.beat
    assert beat is not None
    laid_over = {} if other is None else beats_over(beat, other)
    times_ms = beat.times_ms
    marks = [
        {"name": name, "ends": [_sample(ms, times_ms) for ms in ends if ms is not None]}
        for name, ends in waves(study.measurements.fiducials).items()
    ]
    leads = {lead: well_shown(beat, lead) for lead in sorted(beat.leads, key=lambda key: rank(LeadId.of_key(key)))}
    width = (times_ms[-1] - times_ms[0]) / 1000 * SPEED_MM_S + 2 * GAP_MM
    rows = [list(leads)[first : first + BEATS_PER_ROW] for first in range(0, len(leads), BEATS_PER_ROW)]
    drawn, top = [], 0.0
    for row in rows:
        drawn_mv = [*(leads[lead] for lead in row), *(laid_over[lead] for lead in row if lead in laid_over)]
        highest = max(float(np.nanmax(mv, initial=0.3)) for mv in drawn_mv) * GAIN_MM_MV
        lowest = min(float(np.nanmin(mv, initial=-0.3)) for mv in drawn_mv) * GAIN_MM_MV
        bottom = top + HEAD_MM + highest - lowest + GAP_MM
        for column, lead in enumerate(row):
            drawn.append(
                {
                    "name": lead,
                    "x": column * width + GAP_MM,
                    "y": top + HEAD_MM + highest,
                    "mm_per_sample": SPEED_MM_S / RATE_HZ,
                    "mm_per_mv": GAIN_MM_MV,
                    "start_ms": float(times_ms[0]),
                    "left": column * width,
                    "right": (column + 1) * width,
                    "top": top,
                    "bottom": bottom,
                    "label_x": column * width + LABEL_MM,
                    "label_y": top + LABEL_MM,
                    "microvolts": packed(leads[lead]),
                    "other": packed(laid_over[lead]) if lead in laid_over else None,
                    "marks": marks,
                }
            )
        top = bottom
    return versioned(
        {
            "kind": "beats",
            "label": f"Median beats of {len(drawn)} leads on millimetre paper",
            "footer": footer(study),
            "rate_hz": RATE_HZ,
            "x": 0.0,
            "y": 0.0,
            "width": BEATS_PER_ROW * width,
            "height": top,
            "origin_x": GAP_MM,
            "image": None,
            "leads": drawn,
        }
    )


def beats_over(beat: MedianBeat, other: Study) -> dict[str, np.ndarray]:
    """Return the median beats of another study for the leads of a beat, mV at the same times from the middle of QRS."""
    found = other.measurements.beat
    assert found is not None
    assert np.array_equal(found.times_ms, beat.times_ms)
    return {lead: well_shown(found, lead) for lead in beat.leads if lead in found.leads}


def _sample(ms: float, times_ms: np.ndarray) -> float:
    return (ms - float(times_ms[0])) * RATE_HZ / 1000


def well_shown(beat: MedianBeat, lead: str) -> np.ndarray:
    """Return a lead's median beat where at least half of its beats show it: a median of fewer jumps."""
    shown = np.isfinite(beat.beats[lead])
    return np.where(shown.mean(axis=0) >= 0.5, beat.leads[lead], np.nan)


def packed(mv: np.ndarray) -> str:
    """Pack millivolts as base64 of 16-bit microvolts, least byte first; -32768 where there is no sample."""
    return b64encode(in_units(mv).astype("<i2").tobytes()).decode("ascii")


def versioned(drawing: dict[str, Any]) -> dict[str, Any]:
    """Add a hash that lets the viewer recognise a changed drawing."""
    content = json.dumps(drawing, sort_keys=True).encode()
    return {**drawing, "version": hashlib.sha256(content).hexdigest()[:16]}


def _lead(trace: Trace, box: LeadBox, x_mm: float, y_mm: float) -> dict[str, Any]:
    x, y = trace.origin_px
    return {
        "name": trace.id.name,
        "x": (x + CENTRE_PX) * x_mm,
        "y": (y + CENTRE_PX) * y_mm,
        "mm_per_sample": trace.px_per_sample * x_mm,
        "mm_per_mv": trace.px_per_mv * y_mm,
        "start_ms": 1000 * trace.start_s,
        "left": box.left * x_mm,
        "right": box.right * x_mm,
        "top": box.top * y_mm,
        "bottom": box.bottom * y_mm,
        "label_x": box.left * x_mm + LABEL_MM,
        "label_y": box.top * y_mm + LABEL_MM,
        "microvolts": packed(trace.mv),
    }


def _beat(beat: BeatSt) -> dict[str, Any]:
    return {"at": beat.at, "pr": [beat.pr_from, beat.pr_to], "pr_mv": beat.pr_mv, "moments": list(beat.moments),
            "st_mv": list(beat.st_mv)}  # fmt: skip


def _millimetres(traces: Sequence[Trace]) -> tuple[float, float]:
    """Return the millimetres of the drawing per pixel of the page, along x and y."""
    px_per_sample = float(np.median([trace.px_per_sample for trace in traces]))
    px_per_mv = float(np.median([trace.px_per_mv for trace in traces]))
    return SPEED_MM_S / RATE_HZ / px_per_sample, GAIN_MM_MV / px_per_mv


def _shown(page: Page, boxes: Sequence[LeadBox], x_mm: float) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of the leads' part of the page, in pixels."""
    height, width = page.rgb.shape[:2]
    left = floor(min(box.left for box in boxes) - MARGIN_MM / x_mm)
    top = floor(min(box.top for box in boxes))
    right = ceil(max(box.right for box in boxes) + MARGIN_MM / x_mm)
    bottom = ceil(max(box.bottom for box in boxes))
    return max(0, left), max(0, top), min(width, right), min(height, bottom)


def footer(study: Study) -> str:
    """Return the line printed below a drawing."""
    by_hand = "; layout set by hand" if study.corrections is not None else ""
    return f"{name_of(study.image.sha256)}: read from an image, drawn at 25 mm/s and 10 mm/mV{by_hand}. {DISCLAIMER}"
