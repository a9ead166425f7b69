"""The grid of a page that lies askew: its two waves, measured in tiles that overlap.

In a tile of a few centimetres the squares are even, whatever the camera did to the page as a whole, and the tile's
spectrum says how long each wave is there and which way it runs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from preprocessing.page.grid import TEETH, TOOTH_CAP, Grid, grid_of_spectra, whitened

# A tile this many pixels wide spans three to ten centimetres of a page that fills a picture of WORK_WIDTH_PX.
WORK_WIDTH_PX = 1400
TILE_PX = 192
PADDED_PX = 384
ANGLE_STEP_DEG = 0.25
# From tile to tile perspective changes the waves' length by no more than this share, and turns them by no more.
STRETCH = 0.17
TURN_DEG = 7.0
TILE_SEEN, AXIS_IN_TILE = 1.6, 1.3
LEAST_TILES = 6
# One row of tiles does not say how the grid changes down the page, nor do two that are nearly the same.
LEAST_SIDE = 1.25
# A hint of a comb is enough to look into the tiles, where perspective smears it less.
HINTED = 1.05
# Rays are sampled this many times finer than the padded spectrum.
FINE = 8
# Cycles a pixel; beyond lies nothing but what the pixels cannot show.
HIGHEST = 0.47


@dataclass(frozen=True)
class GridWaves:
    """The grid's waves over a picture, in tiles that stand in rows and columns and overlap by half.

    Attributes
    ----------
    x, y : ndarray, shape (columns,) and (rows,), float
        Centres of the tiles, in pixels.
    across, down : ndarray, shape (rows, columns, 2), float
        By how many millimetres the grid grows a pixel along x and along y: for the lines that stand upright on the
        paper, and for those that lie flat.
    weight : ndarray, shape (rows, columns), float
        How clearly a grid is seen in each tile, 0 where it is not.
    tiles : ndarray, shape (rows, columns, height, width), float32
        The paper's texture in each tile, faded out towards its edges.
    grid : Grid
        The spacing over all tiles together, and how sure it is.
    turn_deg : float
        By how much the grid is turned, clockwise, in (-45, 45].
    """

    x: np.ndarray
    y: np.ndarray
    across: np.ndarray
    down: np.ndarray
    weight: np.ndarray
    tiles: np.ndarray
    grid: Grid
    turn_deg: float


def paper_texture(darkest: np.ndarray) -> np.ndarray:
    """Return the paper's fine pattern without light, shadow and ink.

    Parameters
    ----------
    darkest : ndarray, shape (rows, columns), uint8
        The darkest channel, in which a coloured grid is seen best.

    Returns
    -------
    ndarray, shape (rows, columns), float32, of mean zero
    """
    light = light_of(darkest)
    darkness = np.clip(1 - darkest / np.maximum(light, 1.0), 0, 1).astype(np.float32)
    # Ink is far darker than the grid, and rare.
    darkness = np.minimum(darkness, max(0.12, float(np.quantile(darkness, 0.8))) * 1.3)
    return darkness - scipy.ndimage.uniform_filter(darkness, TILE_PX // 6, mode="nearest")


def light_of(channel: np.ndarray, block_px: int = 16) -> np.ndarray:
    """Return how bright blank paper is around each pixel, shape (rows, columns), float32 in 0 to 255."""
    rows, columns = channel.shape
    down, across = -(-rows // block_px), -(-columns // block_px)
    padded = np.pad(channel, ((0, down * block_px - rows), (0, across * block_px - columns)), mode="edge")
    blocks = padded.reshape(down, block_px, across, block_px).swapaxes(1, 2).reshape(down, across, -1)
    bright = np.quantile(blocks, 0.85, axis=2).astype(np.float32)
    bright = scipy.ndimage.gaussian_filter(scipy.ndimage.maximum_filter(bright, 3), 1.5)
    y = (np.arange(rows) - (block_px - 1) / 2) / block_px
    x = (np.arange(columns) - (block_px - 1) / 2) / block_px
    # Bilinear, one axis after the other.
    low = np.clip(np.floor(y).astype(int), 0, max(down - 2, 0))
    part = np.clip(y - low, 0, 1)[:, None].astype(np.float32)
    tall = bright[low] * (1 - part) + bright[np.minimum(low + 1, down - 1)] * part
    low = np.clip(np.floor(x).astype(int), 0, max(across - 2, 0))
    part = np.clip(x - low, 0, 1)[None, :].astype(np.float32)
    return tall[:, low] * (1 - part) + tall[:, np.minimum(low + 1, across - 1)] * part


def find_waves(texture: np.ndarray, least_page_px: float) -> GridWaves | None:
    """Measure the grid's waves tile by tile.

    Parameters
    ----------
    texture : ndarray, shape (rows, columns), float32
    least_page_px : float
        What the page's longer side measures at least.

    Returns
    -------
    GridWaves or None
        None where no grid is seen, or the picture is too small for two rows and two columns of tiles.
    """
    rows, columns = texture.shape
    if min(rows, columns) < LEAST_SIDE * TILE_PX:
        return None
    tops = np.linspace(0, rows - TILE_PX, max(2, round(2 * rows / TILE_PX) - 1)).astype(int)
    lefts = np.linspace(0, columns - TILE_PX, max(2, round(2 * columns / TILE_PX) - 1)).astype(int)
    window = np.hanning(TILE_PX).astype(np.float32)
    window = window[:, None] * window[None, :]
    tiles = np.array([texture[t : t + TILE_PX, c : c + TILE_PX] for t in tops for c in lefts]) * window
    # A few at a time: all of them at once, padded and complex, would take four times what they leave behind.
    power = np.empty((len(tiles), PADDED_PX, PADDED_PX // 2 + 1), np.float32)
    for some in np.array_split(np.arange(len(tiles)), tops.size):
        power[some] = _amplitude(tiles[some])
    lattice = (tops.size, lefts.size)
    shared = np.concatenate([np.median(rows, axis=0) for rows in np.array_split(power, tops.size, axis=1)])
    turn_deg = _turn(shared)
    rays = [_ray(shared, turn_deg + axis) for axis in (0, 90)]
    along_x, along_y = ((whitened(ray), PADDED_PX * FINE) for ray in rays)
    grid = grid_of_spectra(along_x, along_y, least_page_px)
    if min(grid.strength_x, grid.strength_y) < HINTED:
        return None
    across, seen_x = _tile_waves(power, turn_deg, grid.px_per_mm_x)
    down, seen_y = _tile_waves(power, turn_deg + 90, grid.px_per_mm_y)
    weight = np.sqrt(seen_x * seen_y)
    weight[(weight < TILE_SEEN) | (np.minimum(seen_x, seen_y) < AXIS_IN_TILE)] = 0
    if np.count_nonzero(weight) < LEAST_TILES:
        return None
    half = (TILE_PX - 1) / 2
    return GridWaves(
        lefts + half,
        tops + half,
        across.reshape(*lattice, 2),
        down.reshape(*lattice, 2),
        weight.reshape(lattice),
        tiles.reshape(*lattice, TILE_PX, TILE_PX),
        grid,
        turn_deg,
    )


def _amplitude(tiles: np.ndarray) -> np.ndarray:
    """Return the padded spectra of tiles, each as a multiple of its own median."""
    power = np.abs(scipy.fft.rfft2(tiles, (PADDED_PX, PADDED_PX), workers=2))
    power /= np.maximum(np.median(power, axis=(1, 2), keepdims=True), 1e-9)
    return power


def _at(power: np.ndarray, f_x: np.ndarray, f_y: np.ndarray, tile: np.ndarray | None = None) -> np.ndarray:
    """Look spectra up at frequencies in cycles a pixel; the half that is not stored mirrors the other."""
    flip = np.where(f_x < 0, -1.0, 1.0)
    places = [(f_y * flip * PADDED_PX) % PADDED_PX, f_x * flip * PADDED_PX]
    if tile is None:
        return scipy.ndimage.map_coordinates(power, np.array(places), order=1, mode="grid-wrap")
    low = [np.floor(place).astype(int) for place in places]
    part = [place - whole for place, whole in zip(places, low, strict=True)]
    value = np.zeros(f_x.shape)
    for down, across in ((0, 0), (0, 1), (1, 0), (1, 1)):
        share = (part[0] if down else 1 - part[0]) * (part[1] if across else 1 - part[1])
        row, column = (low[0] + down) % PADDED_PX, np.minimum(low[1] + across, power.shape[-1] - 1)
        value += share * power[tile, row, column]
    return value


def _turn(shared: np.ndarray) -> float:
    """Return the angle at which two crossing rays of the spectrum stand out most."""
    angle_deg = np.arange(-90, 90, ANGLE_STEP_DEG)
    radius = np.arange(8, PADDED_PX * HIGHEST) / PADDED_PX
    angle, r = np.meshgrid(np.deg2rad(angle_deg), radius, indexing="ij")
    polar = np.log(np.maximum(_at(shared, r * np.cos(angle), r * np.sin(angle)), 1e-6))
    polar = np.maximum(polar - np.median(polar, axis=0), 0)
    energy = np.mean(polar**2, axis=1)
    half = energy.size // 2
    both = np.sqrt(energy[:half] * energy[half:])
    # Index 0 is -90 and 0 degrees together.
    kernel = np.array([1, 2, 3, 2, 1]) / 9
    both = np.convolve(np.concatenate([both[-2:], both, both[:2]]), kernel, mode="valid")
    turn = float(angle_deg[int(both.argmax())] + 90)
    return turn - 90 if turn > 45 else turn


def _ray(shared: np.ndarray, angle_deg: float) -> np.ndarray:
    """Return the spectrum along one direction, the strongest within a degree and a half of it."""
    radius = np.arange(0, 0.5 * PADDED_PX * FINE) / (PADDED_PX * FINE)
    angles = np.deg2rad(angle_deg + np.arange(-1.5, 1.6, 0.5))
    return np.max([_at(shared, radius * np.cos(a), radius * np.sin(a)) for a in angles], axis=0)


def _tile_waves(power: np.ndarray, angle_deg: float, px_per_mm: float) -> tuple[np.ndarray, np.ndarray]:
    """Return each tile's wave, in millimetres a pixel along x and y, and how far its comb stands out."""
    n = power.shape[0]
    angle, stretch = np.full(n, np.deg2rad(angle_deg)), np.full(n, -np.log(px_per_mm))
    seen = np.ones(n)
    for share, steps in ((1.0, 31), (0.1, 9), (0.03, 7)):
        offset = share * np.linspace(-1, 1, steps)
        angles = angle[:, None, None] + np.deg2rad(TURN_DEG) * offset[None, :, None]
        mm_per_px = np.exp(stretch[:, None, None] + STRETCH * offset[None, None, :])
        score = np.zeros((n, steps, steps))
        for tooth in TEETH:
            f = mm_per_px * tooth / 5
            line = _at(power, f * np.cos(angles), f * np.sin(angles), np.arange(n)[:, None, None])
            score += np.where(f < HIGHEST, np.log(np.clip(line, 1.0, TOOTH_CAP)), 0)
        flat = score.reshape(n, -1)
        top = flat.argmax(axis=1)
        every = np.arange(n)
        seen = np.exp(flat[every, top] / len(TEETH))
        angle, stretch = angles[every, top // steps, 0], np.log(mm_per_px[every, 0, top % steps])
    wave = np.exp(stretch)
    return np.column_stack([wave * np.cos(angle), wave * np.sin(angle)]), seen
