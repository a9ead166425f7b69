"""Grids of any kind, exact to a fraction of a pixel: products of line profiles along x and y."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_images.endless.canvas import Box, Canvas, box_outline
from sample_images.endless.looks import GridLook
from sample_images.endless.truth import Floats, Pixels, Points


@dataclass(frozen=True)
class GridPlace:
    """Where a grid lies: its box, a crossing of its 5 mm lines, and its steps along x and y, nominally 1 mm."""

    box_mm: Box
    origin_mm: tuple[float, float]
    step_mm: tuple[float, float] = (1.0, 1.0)


def draw_grid(canvas: Canvas, look: GridLook, place: GridPlace) -> None:
    """Draw the lines, then the frame."""
    if not canvas.sees(place.box_mm, 2.0):
        return
    if look.small_mm:
        canvas.lay("grid", _net(canvas, place, look, big=False), (0, 0), look.small_rgb, look.opacity)
    if look.big_mm:
        canvas.lay("grid", _net(canvas, place, look, big=True), (0, 0), look.big_rgb, look.opacity)
    if look.frame_mm:
        canvas.draw("print", [box_outline(place.box_mm)], look.frame_mm, look.frame_rgb)


def _net(canvas: Canvas, place: GridPlace, look: GridLook, big: bool) -> Pixels:
    every = look.big_every if big else 1
    width_mm = look.big_mm if big else look.small_mm
    dash = look.big_dash_mm if big else look.dash_mm
    lines, along = [], []
    for axis in (0, 1):
        origin, pitch = place.origin_mm[axis], place.step_mm[axis] * every
        if big and look.gap_mm:
            pair = [_profile(canvas, axis, origin + shift, pitch, width_mm) for shift in (0.0, look.gap_mm)]
            line = np.maximum(*pair)
        else:
            line = _profile(canvas, axis, origin, pitch, width_mm)
        limit = _inside(canvas, axis, place.box_mm[axis], place.box_mm[axis + 2], width_mm)
        lines.append(line * limit)
        if dash is None:
            along.append(limit)
        else:
            along.append(limit * _profile(canvas, axis, origin, dash[0] * place.step_mm[axis], dash[1]))
    across, down = lines
    if look.dots and not big:
        net = np.outer(down, across)
    else:
        net = np.maximum(np.outer(down, along[0]), np.outer(along[1], across))
    return (net * 255 + 0.5).astype(np.uint8)


def _edges(canvas: Canvas, axis: int, scale: float) -> Points:
    """Return the positions of the pixels' edges along one axis in mm."""
    count = canvas.width if axis == 0 else canvas.height
    start = canvas.left_mm if axis == 0 else canvas.top_mm
    edges: Points = start + np.arange(round(count * scale / canvas.scale) + 1) / scale
    return edges


def _profile(canvas: Canvas, axis: int, origin_mm: float, pitch_mm: float, width_mm: float) -> Floats:
    """Return which share of each pixel along one axis lies on a periodic line."""
    if canvas.aliased:
        # Every line is moved to a whole native pixel, as a screen draws it.
        edges = _edges(canvas, axis, canvas.native)
        thick = max(1, round(width_mm * canvas.native))
        nth = np.arange(np.floor((edges[0] - origin_mm) / pitch_mm) - 1, (edges[-1] - origin_mm) / pitch_mm + 2)
        first = np.round((origin_mm + nth * pitch_mm - edges[0]) * canvas.native - thick / 2).astype(int)
        snapped = np.zeros(len(edges) - 1, np.float32)
        at = (first[:, None] + np.arange(thick)).ravel()
        snapped[at[(at >= 0) & (at < snapped.size)]] = 1
        return snapped.repeat(canvas.times)
    turns = (_edges(canvas, axis, canvas.scale) - origin_mm + width_mm / 2) / pitch_mm
    whole = np.floor(turns)
    inked_mm = whole * width_mm + np.minimum((turns - whole) * pitch_mm, width_mm)
    profile: Floats = np.clip(np.diff(inked_mm) * canvas.scale, 0, 1).astype(np.float32)
    return profile


def _inside(canvas: Canvas, axis: int, low_mm: float, high_mm: float, width_mm: float) -> Floats:
    """Return 1 for pixels within the grid's box, its outermost lines included."""
    edges = _edges(canvas, axis, canvas.scale)
    centre = (edges[:-1] + edges[1:]) / 2
    inside: Floats = ((centre > low_mm - width_mm / 2) & (centre < high_mm + width_mm / 2)).astype(np.float32)
    return inside
