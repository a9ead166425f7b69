"""What is not paper: the desk or the lid around a page, fingers on it, punched holes, and whole photographs."""

from __future__ import annotations

import numpy as np
from PIL import Image

from sample_images.endless.canvas import Box, Canvas
from sample_images.endless.looks import chosen, hsv, luminance
from sample_images.endless.truth import LABELS, Floats, Pixels, Points
from sample_images.style import Rgb


def smooth_field(rng: np.random.Generator, height: int, width: int, cells: tuple[int, int]) -> Floats:
    """Return a smooth random field of about -1 to 1; `cells` are its bumps down and across."""
    coarse = rng.uniform(-1, 1, (max(2, cells[0]), max(2, cells[1]))).astype(np.float32)
    field: Floats = np.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC))
    return field


def texture(rng: np.random.Generator, height: int, width: int) -> Pixels:
    """Return a desk, a cloth or a wall, (height, width, 3)."""
    kind = chosen(rng, {"plain": 0.3, "noise": 0.3, "wood": 0.25, "black": 0.15})
    value = rng.uniform(0.1, 0.9)
    rgb = np.array(hsv(rng.choice([0.06, 0.08, 0.6, rng.random()]), rng.uniform(0, 0.6), value), np.float32)
    if kind == "black":
        return np.full((height, width, 3), round(rng.uniform(0, 30)), np.uint8)
    field = np.zeros((height, width), np.float32)
    if kind == "noise":
        for cells in (3, 8, 30, 90):
            field += smooth_field(rng, height, width, (cells, cells)) * rng.uniform(0.05, 0.4)
    elif kind == "wood":
        across, down = (int(rng.integers(30, 120)), 3) if rng.random() < 0.5 else (3, int(rng.integers(30, 120)))
        field += smooth_field(rng, height, width, (across, down)) * rng.uniform(0.1, 0.35)
        field += smooth_field(rng, height, width, (across // 4 + 2, down // 4 + 2)) * rng.uniform(0.1, 0.35)
    else:
        field += smooth_field(rng, height, width, (3, 3)) * rng.uniform(0, 0.15)
    surface: Pixels = np.clip(rgb * (1 + field[..., None]), 0, 255).astype(np.uint8)
    return surface


def surround(canvas: Canvas, rng: np.random.Generator, paper_mm: Box, paper_rgb: Rgb) -> None:
    """Lay the desk around the paper, and now and then a finger or holes on it."""
    left, top, right, bottom = paper_mm
    (x0, y0), (x1, y1) = canvas.px(np.array([(left, top), (right, bottom)]))
    beyond = np.full((canvas.height, canvas.width), 255, np.uint8)
    beyond[max(0, round(y0)) : max(0, round(y1)), max(0, round(x0)) : max(0, round(x1))] = 0
    if beyond.any():
        desk = _desk(rng, beyond.shape, paper_rgb)
        _cover(canvas, beyond, desk)
    if rng.random() < 0.06:
        _finger(canvas, rng, paper_mm)
    if rng.random() < 0.04:
        # Punched holes.
        around = np.linspace(0, 2 * np.pi, 40)
        for _ in range(int(rng.integers(1, 4))):
            centre = rng.uniform((left, top), (right, bottom))
            _shape(canvas, centre + rng.uniform(1.5, 3.5) * np.column_stack([np.cos(around), np.sin(around)]),
                   (0, 0, 0) if luminance(paper_rgb) > 100 else (200, 200, 200))  # fmt: skip


def _desk(rng: np.random.Generator, shape: tuple[int, int], paper_rgb: Rgb) -> Pixels:
    """Return a texture that differs from the paper, else nothing shows where the paper ends."""
    while True:
        desk = texture(rng, shape[0] // 4 + 1, shape[1] // 4 + 1)
        if abs(float(desk.mean()) - luminance(paper_rgb)) > 45:
            full: Pixels = np.asarray(Image.fromarray(desk).resize(shape[::-1], Image.Resampling.BILINEAR))
            return full


def _cover(canvas: Canvas, cover: Pixels, picture: Pixels) -> None:
    """Lay something over page and labels: what it hides is gone."""
    canvas.picture.paste(Image.fromarray(picture), (0, 0), Image.fromarray(cover))
    canvas.maps[:, cover > 127] = 0
    np.maximum(canvas.maps[LABELS.index("outside")], cover, out=canvas.maps[LABELS.index("outside")])


def _shape(canvas: Canvas, outline_mm: Points, rgb: Rgb) -> None:
    sheet = Canvas((canvas.left_mm, canvas.top_mm, canvas.left_mm + canvas.width / canvas.scale,
                    canvas.top_mm + canvas.height / canvas.scale), canvas.native, canvas.times, rgb)  # fmt: skip
    sheet.fill("outside", outline_mm, rgb)
    cover = sheet.maps[LABELS.index("outside")][: canvas.height, : canvas.width]
    if cover.any():
        _cover(canvas, cover, np.asarray(sheet.picture)[: canvas.height, : canvas.width])


def _finger(canvas: Canvas, rng: np.random.Generator, paper_mm: Box) -> None:
    """Lay a fingertip over the paper's edge."""
    left, top, right, bottom = paper_mm
    side = rng.integers(4)
    base = np.array([(left - 15, rng.uniform(top, bottom)), (right + 15, rng.uniform(top, bottom)),
                     (rng.uniform(left, right), top - 15), (rng.uniform(left, right), bottom + 15)][side])  # fmt: skip
    inward = np.array([(1, 0), (-1, 0), (0, 1), (0, -1)][side], float) + rng.normal(0, 0.3, 2)
    inward /= np.hypot(*inward)
    across = np.array([-inward[1], inward[0]])
    tip = base + inward * rng.uniform(20, 45)
    radius = rng.uniform(6, 11)
    arc = np.linspace(-np.pi / 2, np.pi / 2, 24)[:, None]
    outline = np.vstack([base - across * radius, tip + radius * (np.sin(arc) * across + np.cos(arc) * inward),
                         base + across * radius])  # fmt: skip
    _shape(canvas, outline, hsv(rng.uniform(0.03, 0.09), rng.uniform(0.25, 0.6), rng.uniform(0.25, 0.95)))


def photograph_texture(canvas: Canvas, rng: np.random.Generator) -> None:
    """Fill the whole canvas with a picture of something else."""
    picture = texture(rng, canvas.height // 4 + 1, canvas.width // 4 + 1)
    canvas.picture.paste(Image.fromarray(picture).resize(canvas.picture.size, Image.Resampling.BILINEAR))
    for _ in range(int(rng.integers(0, 14))):
        centre = rng.uniform(0, 1, 2) * (canvas.width, canvas.height) / canvas.scale + (canvas.left_mm, canvas.top_mm)
        angles = np.sort(rng.uniform(0, 2 * np.pi, int(rng.integers(3, 30))))
        outline = centre + rng.uniform(3, 40) * np.column_stack([np.cos(angles), np.sin(angles)])
        rgb = hsv(rng.random(), rng.uniform(0, 0.8), rng.uniform(0.05, 1))
        if rng.random() < 0.4:
            canvas.draw("outside", [outline], rng.uniform(0.3, 4), rgb, float(rng.uniform(0.3, 1)))
        else:
            canvas.fill("outside", outline, rgb, float(rng.uniform(0.3, 1)))
    canvas.mark("outside", np.full((canvas.height, canvas.width), 255, np.uint8), (0, 0))
