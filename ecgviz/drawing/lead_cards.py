"""One lead as a card: its part of the page and its trace in one drawing, a saliency map along it in another.

The map lies over the first, so that another class or network redraws a kilobyte of each card, not its page.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ecgviz.drawing import pictures
from ecgviz.drawing.shades import LESS, MORE
from ecgviz.predictions import NAMES, Sensitivity, percent, row_names
from ecgviz.study import Study
from ecgviz.words import of_network
from models.classes import CLASSES
from models.networks import QUARTERS, RATE_HZ, ROW_SAMPLES, lead_name, strip_of
from preprocessing.lead_id import LEADS
from preprocessing.leads import LeadBox
from preprocessing.traces import RATE_HZ as TRACE_RATE_HZ
from preprocessing.traces import Trace

SHOWN = ("Page and trace", "Page", "Trace")
PAPER_COLOUR, TRACE_COLOUR = "#fffdfb", "#0b5f8f"
CAM_COLOUR = "#e08a3c"
# A band must not hide the stroke beneath it: the map is multiplied with the card, and pale.
MOST_OPAQUE = 0.6
# In the wall of leads; a single enlarged lead is drawn from all of its samples and pixels.
WALL_WIDTH_PX, LARGE_WIDTH_PX = 640, 1600
# The colour scale of occlusion spans at least this drop of probability.
LEAST_DROP = 0.01
# The bars of a card, in units of their drawing; pale enough for dark text.
BARS_WIDTH, NAME_WIDTH, BAR_HEIGHT, FONT_SIZE, LETTER_WIDTH = 320, 100, 21, 15, 9.5
INK_COLOUR = "#1d2b2e"
CLASS_COLOURS = dict(zip(CLASSES, ("#bfe0c8", "#f2d99b", "#efae9d", "#cdbfe6"), strict=True))
SHORT = dict(zip(CLASSES, ("N", "A", "MI", "Old"), strict=True))
# What fits beside the bars of a card; the others are short enough.
SHORT_MODELS = {NAMES["paper_cnn"]: "Article CNN", NAMES["paper_cnn_lstm"]: "Article LSTM",
                NAMES["trace_cnn_lstm"]: "Trace LSTM"}  # fmt: skip


@dataclass(frozen=True)
class Band:
    """A window of a lead and how strongly a map marks it, -1 to 1."""

    start_s: float
    stop_s: float
    strength: float


def bands(study: Study, found: Sensitivity, label: str, kind: str, key: str) -> list[Band]:
    """Return a saliency map along one lead, in seconds from the lead's own start.

    Parameters
    ----------
    study : Study
    found : Sensitivity
    label : str
        One of the classes.
    kind : str
        ``grad_cam``, or ``occlusion``, relative to the report's largest effect.
    key : str
        Of the lead's box.
    """
    own = found.of_class(label)
    largest = max(float(own["occlusion"].abs().max()), LEAST_DROP) if kind == "occlusion" else 1.0
    box = study.box(key)
    # The networks use one strip; a second one is printed for people.
    of_strip = row_names()[len(LEADS) :] if is_strip(study, key) else []
    rows = of_strip if box.is_strip else [lead_name(box.id)]
    return [
        Band(shift + start, shift + stop, float(np.clip(value / largest, -1, 1)))
        for place, row in enumerate(rows)
        for shift in [place * ROW_SAMPLES / RATE_HZ]
        for start, stop, value in own.loc[own["row"] == row, ["start_s", "stop_s", kind]].itertuples(index=False)
    ]


def crop(rgb: np.ndarray, box: LeadBox, width_px: int) -> str:
    """Return the part of a page in which a lead lies, at most so wide, as a data URL."""
    left, top, right, bottom = _edges(rgb, box)
    return pictures.data_url(pictures.webp(rgb[top:bottom, left:right], width_px))


def card(study: Study, page: str, key: str, shown: str, width_px: int = WALL_WIDTH_PX) -> str:
    """Draw one lead as it lies on the page; return the drawing as a data URL.

    Parameters
    ----------
    study : Study
    page : str
        Its part of the page as `crop` returns it; not used where the trace alone is shown.
    key : str
        Of the lead's box.
    shown : str
        One of `SHOWN`.
    width_px : int
        That the card is shown at; on the wall, every other sample is drawn.
    """
    box, trace = study.box(key), study.trace(key)
    left, top, right, bottom = _edges(study.page.rgb, box)
    parts = [f'<rect x="{left}" y="{top}" width="100%" height="100%" fill="{PAPER_COLOUR}"/>']
    if shown != SHOWN[2]:
        faint = ' opacity="0.55"' if shown == SHOWN[0] else ""
        size = f'width="{right - left}" height="{bottom - top}"'
        parts.append(f'<image href="{page}" x="{left}" y="{top}" {size} preserveAspectRatio="none"{faint}/>')
    if shown != SHOWN[1]:
        stroke = (right - left) / (420 if not box.is_strip else 1400)
        parts.append(
            f'<path d="{path(trace, 2 if width_px == WALL_WIDTH_PX else 1)}" fill="none" stroke="{TRACE_COLOUR}" '
            f'stroke-width="{stroke:.2f}" stroke-linejoin="round"/>'
        )
    return _drawing(study, box, parts)


def overlay(study: Study, key: str, marked: list[Band], kind: str) -> str:
    """Draw the map along one lead, as large as its card and transparent; return the drawing as a data URL.

    Parameters
    ----------
    study : Study
    key : str
        Of the lead's box.
    marked : list of Band
    kind : str
        ``grad_cam`` or ``occlusion``.
    """
    box = study.box(key)
    _, top, _, bottom = _edges(study.page.rgb, box)
    return _drawing(study, box, [_band(band, study.trace(key), kind, top, bottom) for band in marked if band.strength])


def path(trace: Trace, step: int) -> str:
    """Write a trace as an SVG path in pixels of the page, with gaps where nothing was read.

    Of every `step` samples the one farthest from 0 mV is kept, which preserves peaks.
    """
    samples = np.arange(trace.mv.size)
    if step > 1:
        whole = trace.mv[: trace.mv.size // step * step].reshape(-1, step)
        # A gap ranks below any sample, so it is kept only where all samples are missing.
        samples = np.where(np.isfinite(whole), np.abs(whole), -1).argmax(axis=1) + np.arange(len(whole)) * step
    x0, y0 = trace.origin_px
    x = x0 + samples * trace.px_per_sample
    y = y0 - trace.mv[samples] * trace.px_per_mv
    written, down = [], False
    for one_x, one_y in zip(x, y, strict=True):
        if one_y == one_y:
            written.append(f"{'L' if down else 'M'}{one_x:.1f} {one_y:.1f}")
        down = one_y == one_y
    return "".join(written)


def of_lead(table: pd.DataFrame, box: LeadBox) -> pd.DataFrame:
    """Return one lead's rows of `prediction_tables.lead_table`."""
    return table[table["lead"] == of_network(lead_name(box.id))]


def in_words(own: pd.DataFrame) -> str:
    """Return each network's most probable class from one lead alone; `own` is as `of_lead` returns it."""
    first = own.loc[own.groupby("model", sort=False)["probability"].idxmax()]
    rows = zip(first["model"], first["class"], first["probability"], strict=True)
    return "; ".join(f"{model}: {label} ({percent(probability)})" for model, label, probability in rows)


def bars(own: pd.DataFrame) -> str:
    """Draw each network's probabilities from one lead alone as a stacked bar; return the drawing as a data URL."""
    parts = []
    for place, (model, shares) in enumerate(own.groupby("model", sort=False)):
        y, x = place * (BAR_HEIGHT + 2), float(NAME_WIDTH)
        parts.append(_words(0, y, SHORT_MODELS.get(str(model), str(model)), INK_COLOUR))
        for label, share in zip(shares["class"], shares["probability"], strict=True):
            width = share * (BARS_WIDTH - NAME_WIDTH)
            place_ = f'x="{x:.1f}" y="{y}" width="{width:.1f}" height="{BAR_HEIGHT}"'
            parts.append(f'<rect {place_} fill="{CLASS_COLOURS[label]}"/>')
            for words in (f"{SHORT[label]} {100 * share:.0f}", SHORT[label]):
                if width > LETTER_WIDTH * len(words):
                    parts.append(_words(x + 4, y, words, INK_COLOUR))
                    break
            x += width
    height = own["model"].nunique() * (BAR_HEIGHT + 2)
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -3 {BARS_WIDTH + 8} {height + 4}" '
        f'width="{BARS_WIDTH + 8}" height="{height + 4}">'
        f'<rect x="-4" y="-3" width="100%" height="100%" fill="{PAPER_COLOUR}"/>{"".join(parts)}</svg>'
    )
    return _address(drawing)


def is_strip(study: Study, key: str) -> bool:
    """Return whether the networks use this lead as the strip."""
    strip = strip_of(study.traces)
    return strip is not None and strip.key == key


def input_seconds(study: Study, key: str) -> float:
    """Return how many seconds of a lead, from its start, the networks use."""
    return ROW_SAMPLES / RATE_HZ * (QUARTERS if is_strip(study, key) else 1)


def _edges(rgb: np.ndarray, box: LeadBox) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of a box in whole pixels of the page."""
    height, width = rgb.shape[:2]
    right, bottom = min(width, int(np.ceil(box.right))), min(height, int(np.ceil(box.bottom)))
    return max(0, int(box.left)), max(0, int(box.top)), right, bottom


def _drawing(study: Study, box: LeadBox, parts: list[str]) -> str:
    left, top, right, bottom = _edges(study.page.rgb, box)
    return _address(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {right - left} {bottom - top}" '
        f'width="{right - left}" height="{bottom - top}">{"".join(parts)}</svg>'
    )


def _band(band: Band, trace: Trace, kind: str, top: int, bottom: int) -> str:
    second_px = trace.px_per_sample * TRACE_RATE_HZ
    x, width = trace.origin_px[0] + band.start_s * second_px, (band.stop_s - band.start_s) * second_px
    colour = CAM_COLOUR if kind == "grad_cam" else MORE if band.strength > 0 else LESS
    place = f'x="{x:.1f}" y="{top}" width="{width:.1f}" height="{bottom - top}"'
    return f'<rect {place} fill="{colour}" opacity="{MOST_OPAQUE * abs(band.strength):.3f}"/>'


def _words(x: float, y: float, words: str, colour: str) -> str:
    font = f'font-family="sans-serif" font-size="{FONT_SIZE}" fill="{colour}"'
    return f'<text x="{x:.1f}" y="{y + BAR_HEIGHT - 5}" {font}>{words}</text>'


def _address(drawing: str) -> str:
    return f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode('ascii')}"
