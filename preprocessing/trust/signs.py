"""What can be seen of how well each lead was read: numbers from its path, the label maps and the other leads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from preprocessing.lead_id import Role
from preprocessing.leads import Layout
from preprocessing.limb_leads import OF_I_AND_II
from preprocessing.page import Page, PixelMaps
from preprocessing.traces import RATE_HZ, Trace

# One number of each lead, in this order.
SIGNS = (
    "trace along the path",
    "trace along its palest tenth",
    "share of it off the trace",
    "trace ink of its box on no path",
    "print along the path",
    "pulse along the path",
    "divider along the path",
    "share read",
    "share not read at its beginning",
    "share not read at its end",
    "height, log px",
    "roughness, log px",
    "largest step, log px",
    "share beside another path",
    "limb leads' laws, dB",
    "laws of all limb leads, dB",
    "strip against lead, dB",
    "trace along all paths",
    "resolution, log px/mm",
    "scale not from the grid",
)
_BESIDE_PATH_PX = 2
_INK = 128
# Ratios in dB are cut here: what is better is lost in noise, what is worse is not read at all.
_DB = (-10.0, 30.0)
_UNKNOWN_DB = 15.0
_LEAST_SAMPLES = 50


def lead_signs(page: Page, layout: Layout, traces: Sequence[Trace]) -> np.ndarray:
    """Return the signs of every lead.

    Parameters
    ----------
    page : Page
    layout : Layout
    traces : sequence of Trace
        One for each of the layout's boxes.

    Returns
    -------
    ndarray, shape (leads, signs), float32
        In the order of the traces and of `SIGNS`; finite everywhere.
    """
    maps = page.maps
    to_map = np.array(maps.labels.shape[:0:-1]) / page.rgb.shape[1::-1]
    paths = [_path(trace, to_map) for trace in traces]
    spans = [_span(path, maps.labels.shape[2]) for path in paths]
    along = [_along(maps, path) for path in paths]
    everywhere = np.mean([trace for (trace, *_), *_ in along]) if along else 0.0
    laws = _law_db(traces)
    known = laws[np.isfinite(laws)]
    page_law = float(np.median(known)) if known.size else _UNKNOWN_DB
    strip = _strip_db(traces)
    rows = []
    for which, (box, trace, (on_trace, on_others)) in enumerate(zip(layout.boxes, traces, along, strict=True)):
        on_no_path, beside = _beside(maps, spans, which, (box.top * to_map[1], box.bottom * to_map[1]))
        law = laws[which] if np.isfinite(laws[which]) else page_law
        of_page = law, page_law, strip, everywhere, np.log(page.px_per_mm_x), float(page.scale_from != "grid")
        rows.append([*on_trace, on_no_path, *on_others, *_read(trace), *_shape(trace), beside, *of_page])
    return np.array(rows, np.float32).reshape(len(rows), len(SIGNS))


def _path(trace: Trace, to_map: np.ndarray) -> np.ndarray:
    """Return where the samples lie on the maps, shape (n, 2) of x, y; only those that were read."""
    x = trace.origin_px[0] + np.arange(trace.mv.size) * trace.px_per_sample
    y = trace.origin_px[1] - trace.mv * trace.px_per_mv
    read = np.isfinite(y)
    return np.asarray(np.column_stack([x[read], y[read]]) * to_map)


def _along(maps: PixelMaps, path: np.ndarray) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the trace along a path, its palest tenth and share without; print, pulse and divider along it."""
    if not len(path):
        return (0.0, 0.0, 1.0), (0.0, 0.0, 0.0)
    height, width = maps.labels.shape[1:]
    x, y = (np.clip(np.rint(path).astype(int), 0, (width - 1, height - 1))).T
    near = [np.clip(y + step, 0, height - 1) for step in (-1, 0, 1)]
    trace = np.max([maps.of("trace")[rows, x] for rows in near], axis=0) / 255
    others = tuple(float((maps.of(label)[y, x] > _INK).mean()) for label in ("print", "pulse", "divider"))
    return (float(trace.mean()), float(np.quantile(trace, 0.1)), float((trace < 0.25).mean())), others


def _span(path: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the first and last row of a path in each column of the maps; an empty span where it is not."""
    top, bottom = np.full(width, np.inf), np.full(width, -np.inf)
    if len(path):
        column = np.clip(np.rint(path[:, 0]).astype(int), 0, width - 1)
        follows = np.append(np.diff(path[:, 0]) < 4 * np.median(np.diff(path[:, 0], prepend=path[0, 0] - 1)), False)
        after = np.where(follows, np.roll(path[:, 1], -1), path[:, 1])
        np.minimum.at(top, column, np.minimum(path[:, 1], after))
        np.maximum.at(bottom, column, np.maximum(path[:, 1], after))
    return top - _BESIDE_PATH_PX, bottom + _BESIDE_PATH_PX


def _beside(
    maps: PixelMaps, spans: Sequence[tuple[np.ndarray, np.ndarray]], which: int, box_rows: tuple[float, float]
) -> tuple[float, float]:
    """Return the ink of traces around a path that no path takes, against its own, and its share beside others."""
    top, bottom = spans[which]
    columns = np.flatnonzero(np.isfinite(top))
    if not columns.size:
        return 0.0, 0.0
    left, right = columns[0], columns[-1] + 1
    own = np.isfinite(top[left:right])
    height = maps.labels.shape[1]
    first = max(0, int(min(box_rows[0], top[columns].min())))
    stop = min(height, int(max(box_rows[1], bottom[columns].max())) + 1)
    ink = maps.of("trace")[first:stop, left:right] > _INK
    row = np.arange(first, stop)[:, None]
    taken = np.zeros(ink.shape, bool)
    beside = np.zeros(right - left, bool)
    of_own = 0
    for other, (above, below) in enumerate((above[left:right], below[left:right]) for above, below in spans):
        if other != which:
            beside |= (above <= bottom[left:right]) & (below >= top[left:right])
        if above.min() >= stop or below.max() < first:
            continue
        rows = slice(max(0, int(above.min()) - first), max(0, int(below.max()) + 1 - first))
        span = (row[rows] >= above) & (row[rows] <= below)
        taken[rows] |= span
        if other == which:
            of_own = int((ink[rows] & span).sum())
    # Ink of a row's neighbours counts for them where a path of theirs takes it.
    return float(np.log1p((ink & ~taken).sum() / max(1, of_own))), float(beside[own].mean())


def _read(trace: Trace) -> tuple[float, float, float]:
    """Return the shares of a lead that were read, and not read at its beginning and end."""
    read = np.flatnonzero(np.isfinite(trace.mv))
    if not read.size:
        return 0.0, 1.0, 1.0
    return trace.quality, read[0] / trace.mv.size, 1 - (read[-1] + 1) / trace.mv.size


def _shape(trace: Trace) -> tuple[float, float, float]:
    """Return a lead's height, roughness and largest step, as logarithms of pixels."""
    rows = trace.mv[np.isfinite(trace.mv)] * trace.px_per_mv
    if rows.size < _LEAST_SAMPLES:
        return 0.0, 0.0, 0.0
    each = rows.std(), np.abs(np.diff(rows, 2)).mean(), np.abs(np.diff(rows)).max()
    height, rough, step = np.log(np.maximum(each, 1e-3))
    return float(height), float(rough), float(step)


def _law_db(traces: Sequence[Trace]) -> np.ndarray:
    """Return how well the laws of Einthoven and Goldberger hold for each limb lead, in dB; NaN where unknown."""
    found = np.full(len(traces), np.nan)
    limb = [i for i, trace in enumerate(traces) if trace.role != Role.RHYTHM and trace.lead in OF_I_AND_II]
    limb.sort(key=lambda i: traces[i].start_s)
    for _, group in groupby(limb, key=lambda i: traces[i].start_s):
        members = list(group)
        if len(members) < 3:
            continue
        length = min(traces[i].mv.size for i in members)
        signals = np.array([traces[i].mv[:length] for i in members], float)
        read = np.isfinite(signals).all(axis=0)
        if read.sum() < _LEAST_SAMPLES:
            continue
        signals = signals[:, read] - signals[:, read].mean(axis=1, keepdims=True)
        mixing = np.array([OF_I_AND_II[traces[i].lead] for i in members])
        left_over = signals - mixing @ np.linalg.lstsq(mixing, signals, rcond=None)[0]
        noise = (left_over**2).sum() / max(1, len(members) - 2)
        found[members] = [_ratio_db((signal**2).sum(), noise) for signal in signals]
    return found


def _strip_db(traces: Sequence[Trace]) -> float:
    """Return how well rhythm strips agree with the leads that they repeat, in dB: the worst of them."""
    ratios = []
    leads = {trace.lead: trace for trace in traces if trace.role != Role.RHYTHM}
    for strip in traces:
        lead = leads.get(strip.lead)
        if strip.role != Role.RHYTHM or lead is None:
            continue
        first = round((lead.start_s - strip.start_s) * RATE_HZ)
        same = strip.mv[max(0, first) : max(0, first) + lead.mv.size].astype(float)
        own = lead.mv[max(0, -first) :][: same.size].astype(float)
        read = np.isfinite(same[: own.size]) & np.isfinite(own)
        if read.sum() < _LEAST_SAMPLES:
            continue
        one, other = own[read] - own[read].mean(), same[: own.size][read] - same[: own.size][read].mean()
        ratios.append(_ratio_db((one**2).sum(), ((one - other) ** 2).sum()))
    return min(ratios, default=_UNKNOWN_DB)


def _ratio_db(signal: float, noise: float) -> float:
    return float(np.clip(10 * np.log10(max(signal, 1e-9) / max(noise, 1e-9)), *_DB))
