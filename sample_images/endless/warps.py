"""One map from a picture to the page: turned, mirrored, in perspective, bent. Image and labels go through it alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from sample_images.endless.canvas import Canvas
from sample_images.endless.truth import Points

# Cells of the mesh in mm: within one, the map is taken as bilinear, which it is for a sheet that is only turned.
_BENT_CELL_MM = 3.0
_FLAT_CELL_MM = 15.0


@dataclass(frozen=True)
class Warp:
    """Where each point of a picture lies on the page.

    Attributes
    ----------
    centre_mm : the page's point at the picture's centre
    angle_rad : turn
    mirrored : left and right are exchanged
    stretch : page millimetres for each of the picture, along x and y
    tilt : perspective, the change of scale per mm along x and y
    waves : (n, 5) of amplitude in mm, wave length in mm, phase, direction and direction of the shift in radians
    """

    centre_mm: tuple[float, float]
    angle_rad: float = 0.0
    mirrored: bool = False
    stretch: tuple[float, float] = (1.0, 1.0)
    tilt: tuple[float, float] = (0.0, 0.0)
    waves: tuple[tuple[float, float, float, float, float], ...] = ()

    def to_page(self, at_mm: Points) -> Points:
        """Map points of the picture, (..., 2) in mm from its centre, to the page in mm."""
        x, y = at_mm[..., 0], at_mm[..., 1]
        if self.mirrored:
            x = -x
        depth = 1 + self.tilt[0] * x + self.tilt[1] * y
        x, y = x * self.stretch[0] / depth, y * self.stretch[1] / depth
        cos, sin = np.cos(self.angle_rad), np.sin(self.angle_rad)
        page = np.stack([self.centre_mm[0] + cos * x - sin * y, self.centre_mm[1] + sin * x + cos * y], axis=-1)
        shift = np.zeros_like(page)
        for amplitude, length, phase, along, towards in self.waves:
            turns = (page[..., 0] * np.cos(along) + page[..., 1] * np.sin(along)) / length
            bump = amplitude * np.sin(2 * np.pi * turns + phase)
            shift += bump[..., None] * (np.cos(towards), np.sin(towards))
        bent: Points = page + shift
        return bent

    def to_picture(self, page_mm: Points) -> Points:
        """Map points of the page, (n, 2) in mm, to the picture in mm from its centre, by Newton's method."""
        at = np.zeros_like(page_mm)
        step = 0.05
        for _ in range(12):
            here = self.to_page(at)
            along_x = (self.to_page(at + np.array([step, 0])) - here) / step
            along_y = (self.to_page(at + np.array([0, step])) - here) / step
            slope = np.stack([along_x, along_y], axis=-1)
            at = at + np.linalg.solve(slope, (page_mm - here)[..., None])[..., 0]
        return at


def random_warp(rng: np.random.Generator, centre_mm: tuple[float, float]) -> Warp:
    """Return how one picture of paper is taken."""
    angle = 0.0
    pick = rng.random()
    if pick < 0.6:
        angle = np.deg2rad(rng.normal(0, 4))
    elif pick < 0.68:
        angle = rng.uniform(-np.pi, np.pi)
    elif pick < 0.73:
        angle = np.pi / 2 * rng.integers(1, 4) + np.deg2rad(rng.normal(0, 2))
    bent = rng.random() < 0.35
    waves = [
        (
            rng.uniform(0, 0.012) * length,
            length,
            rng.uniform(0, 2 * np.pi),
            rng.uniform(0, 2 * np.pi),
            rng.uniform(0, 2 * np.pi),
        )
        for length in rng.uniform(25, 200, int(rng.integers(1, 4)) if bent else 0)
    ]
    tilt = rng.normal(0, 0.0012, 2) if rng.random() < 0.4 else np.zeros(2)
    stretch = 1 + (rng.normal(0, 0.015, 2) if rng.random() < 0.3 else np.zeros(2))
    return Warp(centre_mm, float(angle), bool(rng.random() < 0.03), (float(stretch[0]), float(stretch[1])),
                (float(tilt[0]), float(tilt[1])), tuple(waves))  # fmt: skip


def warped(
    images: list[Image.Image],
    canvas: Canvas,
    warp: Warp,
    size: tuple[int, int],
    px_per_mm: float,
    filtered: bool = True,
) -> list[Image.Image]:
    """Return images of the canvas as the picture shows them; `size` is width and height at `px_per_mm`."""
    width, height = size
    cell = (_BENT_CELL_MM if warp.waves or any(warp.tilt) else _FLAT_CELL_MM) * px_per_mm
    columns, rows = max(1, round(width / cell)), max(1, round(height / cell))
    x = np.round(np.linspace(0, width, columns + 1)).astype(int)
    y = np.round(np.linspace(0, height, rows + 1)).astype(int)
    at = np.stack(np.meshgrid((x - width / 2) / px_per_mm, (y - height / 2) / px_per_mm), axis=-1)
    source = canvas.px(warp.to_page(at))
    mesh = []
    for row in range(rows):
        for column in range(columns):
            corners = source[[row, row + 1, row + 1, row], [column, column, column + 1, column + 1]]
            box = (int(x[column]), int(y[row]), int(x[column + 1]), int(y[row + 1]))
            mesh.append((box, tuple(float(value) for value in corners.ravel())))
    resample = Image.Resampling.BILINEAR if filtered else Image.Resampling.NEAREST
    return [image.transform(size, Image.Transform.MESH, mesh, resample) for image in images]
