"""A window of a page in millimetres: the picture and one coverage map for each label, drawn together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from sample_images.endless.truth import LABELS, Name, Pixels, Points
from sample_images.ink import stroke
from sample_images.style import Rgb

Box = tuple[float, float, float, float]


class Canvas:
    """What is laid on it changes the picture and the map of its label alike.

    Parameters
    ----------
    window_mm : left, top, right, bottom of the window on the page
    native : pixels per millimetre of the program that draws the page
    times : the canvas has so many pixels to each native one, for anti-aliasing
    paper_rgb : colour of the paper
    aliased : lines are whole native pixels without soft edges
    """

    def __init__(self, window_mm: Box, native: float, times: int, paper_rgb: Rgb, aliased: bool = False) -> None:
        left, top, right, bottom = window_mm
        self.left_mm, self.top_mm = left, top
        self.native, self.times, self.scale = native, times, native * times
        self.aliased = aliased
        self.width = int(np.ceil((right - left) * native)) * times
        self.height = int(np.ceil((bottom - top) * native)) * times
        self.picture = Image.new("RGB", (self.width, self.height), paper_rgb)
        self.maps: Pixels = np.zeros((len(LABELS), self.height, self.width), np.uint8)
        self.names: list[Name] = []
        # Where something rare is drawn, in mm: ends of traces, pulses.
        self.rare_mm: list[tuple[float, float]] = []

    def px(self, points_mm: Points) -> Points:
        """Return points of the page, (..., 2) in mm, in pixels; a pixel's corner is a whole number."""
        return (np.asarray(points_mm, np.float64) - (self.left_mm, self.top_mm)) * self.scale

    def lay(self, label: str, coverage: Pixels, corner: tuple[int, int], rgb: Rgb, opacity: float = 1.0) -> None:
        """Lay ink: `coverage` (h, w), its top left corner at `corner` in canvas pixels; what lies beyond is cut off."""
        x, y = corner
        left, top = max(0, -x), max(0, -y)
        right, bottom = min(coverage.shape[1], self.width - x), min(coverage.shape[0], self.height - y)
        if left >= right or top >= bottom:
            return
        cut = coverage[top:bottom, left:right]
        x, y = x + left, y + top
        self.mark(label, cut, (x, y))
        self.paint(cut, (x, y), rgb, opacity)

    def mark(self, label: str, coverage: Pixels, corner: tuple[int, int]) -> None:
        """Change the map of a label alone; `coverage` lies on the canvas."""
        x, y = corner
        part = self.maps[LABELS.index(label), y : y + coverage.shape[0], x : x + coverage.shape[1]]
        np.maximum(part, coverage, out=part)

    def paint(self, coverage: Pixels, corner: tuple[int, int], rgb: Rgb, opacity: float = 1.0) -> None:
        """Change the picture alone."""
        ink = Image.fromarray(coverage)
        if opacity < 1:
            ink = ink.point([round(level * opacity) for level in range(256)])
        self.picture.paste(rgb, (*corner, corner[0] + ink.width, corner[1] + ink.height), ink)

    def sees(self, box_mm: Box, margin_mm: float = 0.0) -> bool:
        """Return whether a box of the page, left, top, right, bottom, reaches into the window."""
        (left, top), (right, bottom) = self.px(np.array([box_mm[:2], box_mm[2:]]))
        margin = margin_mm * self.scale
        return bool(right > -margin and bottom > -margin and left < self.width + margin and top < self.height + margin)

    def blank(self, box_mm: Box, paper_rgb: Rgb) -> None:
        """Leave out the grid within a box of the page."""
        (left, top), (right, bottom) = np.clip(
            np.round(self.px(np.array([box_mm[:2], box_mm[2:]]))).astype(int), 0, (self.width, self.height)
        )
        if left < right and top < bottom:
            self.picture.paste(paper_rgb, (int(left), int(top), int(right), int(bottom)))
            self.maps[:, top:bottom, left:right] = 0

    def forget_hidden_names(self) -> None:
        """Drop names whose centre lies beyond the paper or below a finger."""
        covered = self.maps[LABELS.index("outside")]
        kept = []
        for name in self.names:
            x, y = np.floor(self.px(np.array(name[1:]))).astype(int)
            if 0 <= x < self.width and 0 <= y < self.height and not covered[y, x]:
                kept.append(name)
        self.names = kept

    def lines(self, lines_mm: Sequence[Points], width_mm: float) -> tuple[Pixels, tuple[int, int]] | None:
        """Return the coverage of pen lines, each (n, 2) in mm, with its corner; None outside the window.

        NaN lifts the pen.
        """
        drawn = [self.px(line) for line in lines_mm]
        every = np.vstack(drawn)
        every = every[~np.isnan(every).any(axis=1)]
        if not len(every):
            return None
        pad = int(width_mm * self.scale) + 3 * self.times
        low = np.maximum(np.floor(every.min(axis=0)).astype(int) - pad, 0) // self.times * self.times
        high = np.minimum(np.ceil(every.max(axis=0)).astype(int) + pad, (self.width, self.height))
        high = low + -(-(high - low) // self.times) * self.times
        if (high <= low).any():
            return None
        width, height = (int(length) for length in high - low)
        if self.aliased:
            sheet = Image.new("L", (width // self.times, height // self.times))
            pen = ImageDraw.Draw(sheet)
            thick = max(1, round(width_mm * self.native))
            for line in drawn:
                for run in _unbroken((line - low) / self.times):
                    pen.line([(float(x), float(y)) for x, y in run], fill=255, width=thick)
            coverage = np.asarray(sheet).repeat(self.times, axis=0).repeat(self.times, axis=1)
        else:
            coverage = np.zeros((height, width), np.uint8)
            for line in drawn:
                stroke(coverage, line - low - 0.5, width_mm * self.scale)
        return coverage, (int(low[0]), int(low[1]))

    def draw(self, label: str, lines_mm: Sequence[Points], width_mm: float, rgb: Rgb, opacity: float = 1.0) -> None:
        """Lay pen lines, each (n, 2) in mm."""
        found = self.lines(lines_mm, width_mm)
        if found is not None:
            self.lay(label, *found, rgb, opacity)

    def fill(self, label: str, outline_mm: Points, rgb: Rgb, opacity: float = 1.0) -> None:
        """Lay a filled polygon, (n, 2) in mm."""
        points = self.px(outline_mm)
        low = np.clip(np.floor(points.min(axis=0)).astype(int) - 1, 0, (self.width, self.height))
        high = np.clip(np.ceil(points.max(axis=0)).astype(int) + 1, 0, (self.width, self.height))
        if (high <= low).any():
            return
        sheet = Image.new("L", (int(high[0] - low[0]), int(high[1] - low[1])))
        ImageDraw.Draw(sheet).polygon([(float(x), float(y)) for x, y in points - low - 0.5], fill=255)
        self.lay(label, np.asarray(sheet), (int(low[0]), int(low[1])), rgb, opacity)


def _unbroken(points: Points) -> list[Points]:
    """Split a line where it is NaN."""
    good = ~np.isnan(points).any(axis=1)
    cuts = np.flatnonzero(np.diff(good.astype(int))) + 1
    return [run for run in np.split(points, cuts) if len(run) > 1 and not np.isnan(run[0]).any()]


def box_outline(box_mm: Box) -> Points:
    """Return the four corners of a box and the first again, (5, 2)."""
    left, top, right, bottom = box_mm
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom], [left, top]], np.float64)
