"""What scanners and phones do to a page, written apart from the camera of `sample_images`.

A page is given finer than it is to be seen: paper first, then the optics, then the pixels, then the file.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter, map_coordinates, zoom

# The finest that paper is drawn for a scanner or a phone.
PAPER_DPI = 300


def scanned(image: np.ndarray, dpi: float, target_dpi: float, rng: np.random.Generator) -> bytes:
    """Scan a page: turned by up to 3 degrees, softened, uneven in tone, noisy. Returns the content of a JPEG file.

    Parameters
    ----------
    image : ndarray of uint8, shape (rows, columns, 3)
        The page at `dpi`, which is at least `target_dpi`.
    """
    lid = tuple(int(value) for value in np.full(3, rng.choice([255, 250, 236, 60])))
    paper = Image.fromarray(image).rotate(rng.uniform(-3, 3), Image.Resampling.BICUBIC, expand=True, fillcolor=lid)
    seen = _at(np.asarray(paper), target_dpi / dpi)
    # The lens is as sharp as the sensor, more or less.
    seen = gaussian_filter(seen, (*[rng.uniform(0.3, 0.6)] * 2, 0))
    black, white, gamma = rng.uniform(0, 35), rng.uniform(235, 262), rng.uniform(0.85, 1.15)
    seen = black + (white - black) * (seen / 255) ** gamma
    if rng.random() < 0.3:
        seen = seen.mean(axis=2, keepdims=True).repeat(3, axis=2)
    # Dust and the sensor's lines: noise of each pixel, and of each column.
    seen += rng.normal(0, rng.uniform(1, 6), seen.shape) + rng.normal(0, rng.uniform(0, 1.2), (1, seen.shape[1], 1))
    return _jpeg(seen, int(rng.integers(55, 93)))


def photographed(image: np.ndarray, dpi: float, target_dpi: float, rng: np.random.Generator) -> bytes:
    """Photograph a page that lies on a table: perspective, uneven light, shadow, blur. Returns a JPEG file's content.

    Parameters
    ----------
    image : ndarray of uint8, shape (rows, columns, 3)
        The page at `dpi`; in the photograph it has about `target_dpi`.
    """
    page = _at(image, target_dpi / dpi)
    rows, columns = page.shape[:2]
    margin = rng.uniform(0.04, 0.16, 4) * max(rows, columns)
    height, width = round(rows + margin[0] + margin[1]), round(columns + margin[2] + margin[3])
    corners = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], float)
    lean = rng.uniform(-0.035, 0.035, (4, 2)) * (columns, rows)
    turn = np.deg2rad(rng.normal(0, 2.5))
    middle = np.array([columns, rows]) / 2
    rotated = (corners - middle) @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) + middle
    placed = rotated + lean + (margin[2], margin[0])
    x, y = _through(_homography(placed, corners), width, height)
    # Paper is never quite flat.
    sag = rng.uniform(0, 0.004) * rows * np.sin(np.pi * x / columns + rng.uniform(0, 6))
    places = np.array([y + sag - 0.5, x - 0.5])
    on_page = (x >= 0) & (x <= columns) & (y + sag >= 0) & (y + sag <= rows)
    paper = np.stack([map_coordinates(page[..., part], places, order=3, mode="nearest") for part in range(3)], axis=-1)
    edge = gaussian_filter(on_page.astype(float), 0.7)[..., None]
    seen = edge * paper + (1 - edge) * _table(rng, height, width) * (1 - 0.35 * _near(on_page)[..., None])
    seen = seen * _light(rng, height, width)
    soft = rng.uniform(0.4, 0.9)
    shake = rng.uniform(0, 0.6)
    seen = gaussian_filter(seen, (soft, float(np.hypot(soft, shake)), 0))
    seen += rng.normal(0, rng.uniform(1, 5), seen.shape) * np.sqrt(np.clip(seen, 16, 255) / 255)
    return _jpeg(seen, int(rng.integers(65, 95)))


def _at(image: np.ndarray, factor: float) -> np.ndarray:
    """Return a picture at another size, as means over its pixels, in grey levels as floats."""
    size = max(1, round(image.shape[1] * factor)), max(1, round(image.shape[0] * factor))
    resized = Image.fromarray(image).resize(size, Image.Resampling.BOX if factor < 0.5 else Image.Resampling.HAMMING)
    return np.asarray(resized, dtype=float)


def _homography(source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return the 3 x 3 matrix that takes four points to four others."""
    rows = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    return np.append(np.linalg.solve(np.array(rows), target.ravel()), 1).reshape(3, 3)


def _through(matrix: np.ndarray, width: int, height: int) -> tuple[np.ndarray, np.ndarray]:
    """Return where each pixel's middle comes from, x and y, shape (height, width)."""
    x, y = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    u, v, w = np.tensordot(matrix, np.stack([x, y, np.ones_like(x)]), axes=1)
    return u / w, v / w


def _field(rng: np.random.Generator, height: int, width: int, cells: int) -> np.ndarray:
    """Return a smooth field of about so many hills along each side, with mean 0 and variance about 1."""
    small = rng.normal(size=(cells + 3, cells + 3))
    return zoom(small, (height / small.shape[0], width / small.shape[1]), order=3, grid_mode=True, mode="nearest")


def _table(rng: np.random.Generator, height: int, width: int) -> np.ndarray:
    """Return a table top: wood with a grain, cloth, or a plain desk, never as bright as paper."""
    colour = rng.uniform(30, 170, 3) * rng.uniform(0.7, 1.0)
    texture: Callable[[], np.ndarray] = {
        0: lambda: _field(rng, height, width, 4),
        1: lambda: np.repeat(_field(rng, height, 8, 60)[:, :1], width, axis=1) + 0.4 * _field(rng, height, width, 6),
        2: lambda: rng.normal(0, 1, (height, width)),
    }[int(rng.integers(3))]
    return np.clip(colour + rng.uniform(4, 18) * texture()[..., None], 0, 215)


def _near(on_page: np.ndarray) -> np.ndarray:
    """Return how near the table is to the paper, which shades it."""
    return gaussian_filter(on_page.astype(float), 6)


def _light(rng: np.random.Generator, height: int, width: int) -> np.ndarray:
    """Return the light on each pixel, shape (height, width, 3): a slope, hills, a shadow's soft edge, a lamp's tint."""
    y, x = np.mgrid[:height, :width] / max(height, width)
    angle, slope = rng.uniform(0, 2 * np.pi), rng.uniform(0, 0.35)
    light = 1 - slope * (0.5 + (x - 0.5) * np.cos(angle) + (y - 0.35) * np.sin(angle))
    light = light + rng.uniform(0, 0.05) * _field(rng, height, width, 2)
    if rng.random() < 0.5:
        across = (x - rng.uniform(0.1, 0.9)) * np.cos(angle * 3) + (y - rng.uniform(0.1, 0.6)) * np.sin(angle * 3)
        light = light * (1 - rng.uniform(0.1, 0.4) / (1 + np.exp(-across / rng.uniform(0.01, 0.06))))
    tint = np.array([1 + rng.uniform(-0.02, 0.06), 1, 1 - rng.uniform(-0.03, 0.12)])
    return np.clip(rng.uniform(0.8, 1.05) * light, 0.15, 1.1)[..., None] * tint


def _jpeg(seen: np.ndarray, quality: int) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(np.clip(np.rint(seen), 0, 255).astype(np.uint8)).save(stream, "JPEG", quality=quality)
    return stream.getvalue()
