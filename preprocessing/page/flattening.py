"""Laying a page flat: the sheet found by its grid, and one resampling of the picture to even millimetres."""

from __future__ import annotations

import numpy as np
import scipy
from PIL import Image

from preprocessing.page.config import FLATTENING
from preprocessing.page.coordinates import Flattening
from preprocessing.page.grid_config import TILES
from preprocessing.page.sheet import fit_sheet
from preprocessing.page.tiles import find_waves, grid_texture, tile_spectra
from preprocessing.side_by_side import side_by_side


def find_flattening(
    grid: np.ndarray, paper: np.ndarray, assumed_px_per_mm: float, picture_shape: tuple[int, int]
) -> Flattening | None:
    """Find the sheet in a picture by its grid.

    Parameters
    ----------
    grid : ndarray, shape (rows, columns), uint8
        How much grid covers each pixel of a copy of the picture.
    paper : ndarray, shape (rows, columns), bool
        Where that copy shows the page, and not what lies around it.
    assumed_px_per_mm : float
        Scale of that copy, guessed from the size of the picture.
    picture_shape : tuple of int
        Rows and columns of the picture itself.

    Returns
    -------
    Flattening or None
        None where no grid is seen, or where its lines do not lie on one smooth sheet.
    """
    height, width = grid.shape
    shrink = max(1.0, max(height, width) / TILES.work_width_px)
    if shrink > 1:
        size = round(width / shrink), round(height / shrink)
        grid = np.asarray(Image.fromarray(grid).resize(size, Image.Resampling.BOX))
    reduced_by = picture_shape[1] / grid.shape[1]
    spectra = tile_spectra(grid_texture(grid))
    if spectra is None:
        return None
    # Where squares are not set off, only the lines of the millimetres show how the paper lies.
    for squares in (True, False):
        waves = find_waves(spectra, assumed_px_per_mm / shrink, squares)
        if waves is None:
            continue
        sheet = fit_sheet(waves, *grid.shape)
        if sheet.agreeing >= FLATTENING.least_agreeing and sheet.residual_mm <= FLATTENING.most_residual_mm:
            break
    else:
        return None
    assert waves is not None
    y, x = np.nonzero(waves.weight)
    seen = np.column_stack([waves.x[x], waves.y[y]])
    here, right, below = (sheet.mm_of(seen + step) for step in ((0, 0), (1, 0), (0, 1)))
    area = _areas(right - here, below - here)
    px_per_mm = reduced_by / float(np.sqrt(np.median(area)))
    half_mm = waves.tiles.shape[2] / 2 * reduced_by / px_per_mm
    # Beyond its tiles the sheet is extrapolated; the margin keeps that short.
    page_mm = sheet.mm_of(_outline(paper) * ((grid.shape[1] - 1) / (paper.shape[1] - 1)))
    low = np.maximum(here.min(axis=0) - half_mm - FLATTENING.margin_mm, page_mm.min(axis=0))
    high = np.minimum(here.max(axis=0) + half_mm + FLATTENING.margin_mm, page_mm.max(axis=0))
    px_per_mm = min(px_per_mm, FLATTENING.px_per_mm, float(np.sqrt(FLATTENING.most_pixels / np.prod(high - low))))
    size_px = np.ceil((high - low) * px_per_mm).astype(int)
    return Flattening(sheet, reduced_by, (low[0], low[1]), px_per_mm, int(size_px[0]), int(size_px[1]))


def _outline(paper: np.ndarray) -> np.ndarray:
    """Return the first and the last pixel of the page in each row, shape (n, 2) of x, y, but for specks.

    Where nothing is taken for the page, all is.
    """
    speck = 2 * FLATTENING.speck_px + 1
    whole = scipy.ndimage.minimum_filter1d(scipy.ndimage.minimum_filter1d(paper, speck, axis=0), speck, axis=1)
    rows = np.flatnonzero(whole.any(axis=1))
    if not rows.size:
        whole, rows = np.ones_like(paper), np.arange(len(paper))
    first, last = whole[rows].argmax(axis=1), paper.shape[1] - 1 - whole[rows, ::-1].argmax(axis=1)
    inner = np.stack([np.concatenate([first, last]), np.concatenate([rows, rows])], axis=1)
    corners = FLATTENING.speck_px * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
    around = (inner + corners[:, None]).reshape(-1, 2)
    return np.asarray(around.clip(0, (paper.shape[1] - 1, paper.shape[0] - 1)))


def _areas(along: np.ndarray, beside: np.ndarray) -> np.ndarray:
    return np.asarray(np.abs(along[:, 0] * beside[:, 1] - along[:, 1] * beside[:, 0]))


def flattened(rgb: np.ndarray, flattening: Flattening) -> np.ndarray:
    """Resample the flat page from the picture; what lies beyond the picture is white.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8
    flattening : Flattening

    Returns
    -------
    ndarray, shape (height, width, 3), uint8
    """
    x = np.append(np.arange(0, flattening.width, FLATTENING.mesh_px), flattening.width)
    y = np.append(np.arange(0, flattening.height, FLATTENING.mesh_px), flattening.height)
    corners = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2) - 0.5
    # Pillow counts from the pixels' corners, this project from their centres.
    places = (flattening.to_picture(corners) + 0.5).reshape(y.size, x.size, 2)
    picture = Image.fromarray(rgb)
    # A picture that is finer than the page is reduced first: the mesh would skip pixels.
    across, down = places[:-1, 1:] - places[:-1, :-1], places[1:, :-1] - places[:-1, :-1]
    step_px = float(np.sqrt(np.median(_areas(across.reshape(-1, 2), down.reshape(-1, 2))))) / FLATTENING.mesh_px
    if step_px > FLATTENING.reduced_from:
        size = round(picture.width / step_px), round(picture.height / step_px)
        places *= np.array(size) / picture.size
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    # The four places of each piece of the mesh, counter-clockwise from its top left.
    quads = np.concatenate([places[:-1, :-1], places[1:, :-1], places[1:, 1:], places[:-1, 1:]], axis=2).tolist()
    page = np.empty((flattening.height, flattening.width, 3), np.uint8)

    def resample(rows: range) -> None:
        top, bottom = int(y[rows.start]), int(y[rows.stop])
        mesh = [
            ((int(x[column]), int(y[row]) - top, int(x[column + 1]), int(y[row + 1]) - top), quad)
            for row in rows
            for column, quad in enumerate(quads[row])
        ]
        size, white = (flattening.width, bottom - top), (255, 255, 255)
        resampled = picture.transform(size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC, fillcolor=white)
        page[top:bottom] = np.asarray(resampled)

    half = (y.size - 1) // 2
    side_by_side(resample, [rows for rows in (range(half), range(half, y.size - 1)) if rows])
    return page
