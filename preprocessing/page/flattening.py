"""A picture's sheet of paper laid flat: one resampling to even millimetres, and the way back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from preprocessing.page.sheet import Sheet, fit_sheet
from preprocessing.page.tiles import WORK_WIDTH_PX, find_waves, light_of, paper_texture

# Print stands this far beyond the squares at most: a header, a footer.
MARGIN_MM = 25.0
MESH_PX = 32
MOST_PIXELS = 24_000_000
LEAST_AGREEING = 0.6
MOST_RESIDUAL_MM = 0.35
# Paper darker than this, or lit more unevenly than that, is divided by its light.
BRIGHT_PAPER, EVEN_LIGHT = 200.0, 0.85


@dataclass(frozen=True)
class Flattening:
    """How the flat page came from the picture.

    Attributes
    ----------
    sheet : Sheet
        The paper as a reduced copy of the picture shows it; `reduced_by` is by how much that copy is smaller.
    origin_mm : tuple of float
        The paper's millimetres at the page's top left pixel.
    px_per_mm : float
        Of the page.
    width, height : int
        Of the page, in pixels.
    """

    sheet: Sheet
    reduced_by: float
    origin_mm: tuple[float, float]
    px_per_mm: float
    width: int
    height: int

    def original_of(self, points_px: np.ndarray) -> np.ndarray:
        """Map pixels of the page to pixels of the picture, both (n, 2) of x, y."""
        reduced = self.sheet.px_of(points_px / self.px_per_mm + np.array(self.origin_mm))
        return (reduced + 0.5) * self.reduced_by - 0.5

    @property
    def turn_deg(self) -> float:
        """By how much the paper's middle is turned in the picture, clockwise."""
        x, y = self.width / 2, self.height / 2
        left, right = self.original_of(np.array([(x - 50, y), (x + 50, y)]))
        return float(np.rad2deg(np.arctan2(right[1] - left[1], right[0] - left[0])))


def find_flattening(rgb: np.ndarray) -> Flattening | None:
    """Find the sheet in a picture by its grid.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8

    Returns
    -------
    Flattening or None
        None where no grid is seen, or where its lines do not lie on one smooth sheet.
    """
    darkest = rgb.min(axis=2)
    height, width = darkest.shape
    reduced_by = max(1.0, max(height, width) / WORK_WIDTH_PX)
    if reduced_by > 1:
        size = round(width / reduced_by), round(height / reduced_by)
        darkest = np.asarray(Image.fromarray(darkest).resize(size, Image.Resampling.BOX))
        reduced_by = width / size[0]
    waves = find_waves(paper_texture(darkest), max(darkest.shape))
    if waves is None:
        return None
    sheet = fit_sheet(waves, *darkest.shape)
    if sheet.agreeing < LEAST_AGREEING or sheet.residual_mm > MOST_RESIDUAL_MM:
        return None
    y, x = np.nonzero(waves.weight)
    seen = np.column_stack([waves.x[x], waves.y[y]])
    here, right, below = (sheet.mm_of(seen + step) for step in ((0, 0), (1, 0), (0, 1)))
    area = _areas(right - here, below - here)
    px_per_mm = reduced_by / float(np.sqrt(np.median(area)))
    half_mm = waves.tiles.shape[2] / 2 * reduced_by / px_per_mm
    # Beyond its tiles the sheet is a guess, which the margin keeps short.
    corners = sheet.mm_of(np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) * (darkest.shape[1] - 1, darkest.shape[0] - 1))
    low = np.maximum(here.min(axis=0) - half_mm - MARGIN_MM, corners.min(axis=0))
    high = np.minimum(here.max(axis=0) + half_mm + MARGIN_MM, corners.max(axis=0))
    px_per_mm = min(px_per_mm, float(np.sqrt(MOST_PIXELS / np.prod(high - low))))
    size_px = np.ceil((high - low) * px_per_mm).astype(int)
    return Flattening(sheet, reduced_by, (low[0], low[1]), px_per_mm, int(size_px[0]), int(size_px[1]))


def _areas(along: np.ndarray, beside: np.ndarray) -> np.ndarray:
    return np.abs(along[:, 0] * beside[:, 1] - along[:, 1] * beside[:, 0])


def flattened(rgb: np.ndarray, flattening: Flattening) -> np.ndarray:
    """Fetch the flat page from the picture; what lies beyond the picture is white.

    Returns
    -------
    ndarray, shape (height, width, 3), uint8
    """
    x = np.append(np.arange(0, flattening.width, MESH_PX), flattening.width)
    y = np.append(np.arange(0, flattening.height, MESH_PX), flattening.height)
    corners = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2) - 0.5
    # Pillow counts from the pixels' corners, this project from their centres.
    places = (flattening.original_of(corners) + 0.5).reshape(y.size, x.size, 2)
    mesh = []
    for row in range(y.size - 1):
        for column in range(x.size - 1):
            box = (int(x[column]), int(y[row]), int(x[column + 1]), int(y[row + 1]))
            quad = places[[row, row + 1, row + 1, row], [column, column, column + 1, column + 1]]
            mesh.append((box, tuple(quad.ravel().tolist())))
    picture = Image.fromarray(rgb)
    page = picture.transform(
        (flattening.width, flattening.height),
        Image.Transform.MESH,
        mesh,
        Image.Resampling.BICUBIC,
        fillcolor=(255, 255, 255),
    )
    return np.asarray(page)


def evenly_lit(rgb: np.ndarray) -> np.ndarray:
    """Divide out the light where the paper is dark or lit unevenly; a page that is neither comes back as it is."""
    light = [light_of(rgb[..., channel]) for channel in range(3)]
    brightness = np.max([channel[::16, ::16] for channel in light], axis=0)
    dark, usual = np.quantile(brightness, (0.05, 0.5))
    if usual >= BRIGHT_PAPER and dark >= EVEN_LIGHT * usual:
        return rgb
    even = [np.clip(rgb[..., c] * (245 / np.maximum(light[c], 40)), 0, 255).astype(np.uint8) for c in range(3)]
    return np.stack(even, axis=-1)
