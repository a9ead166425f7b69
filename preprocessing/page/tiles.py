"""The grid of a tilted page: its two waves, measured in tiles that overlap.

In a tile of a few centimetres the squares are even, whatever the camera did to the page as a whole. The tile's spectrum
shows the length and the direction of each wave there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy

from preprocessing.budget import spend
from preprocessing.page.grid import Grid, capped_log, grid_of_spectra, whitened
from preprocessing.page.grid_config import TEETH, TILES
from preprocessing.side_by_side import side_by_side


@dataclass(frozen=True)
class GridWaves:
    """The grid's waves over a picture, in tiles that stand in rows and columns and overlap by half.

    Attributes
    ----------
    x, y : ndarray, shape (columns,) and (rows,), float
        Centres of the tiles, in pixels.
    across, down : ndarray, shape (rows, columns, 2), float
        Millimetres by which the grid advances per pixel along x and along y: for the lines that are vertical on the
        paper, and for the horizontal ones.
    weight : ndarray, shape (rows, columns), float
        How clearly a grid is seen in each tile, 0 where it is not.
    tiles : ndarray, shape (rows, columns, height, width), float32
        The paper's texture in each tile, faded out towards its edges.
    grid : Grid
        The spacing over all tiles together, and its strength.
    turn_deg : float
        By how much the grid is turned clockwise, in (-45, 45].
    """

    x: np.ndarray
    y: np.ndarray
    across: np.ndarray
    down: np.ndarray
    weight: np.ndarray
    tiles: np.ndarray
    grid: Grid
    turn_deg: float

    @property
    def teeth(self) -> tuple[int, ...]:
        """The teeth that show the grid's place: the millimetres' alone where no squares are set off."""
        return TEETH if self.grid.squares else TEETH[-1:]


def grid_texture(grid: np.ndarray) -> np.ndarray:
    """Return the grid's fine pattern, without the smooth variation of how clearly it is seen.

    Parameters
    ----------
    grid : ndarray, shape (rows, columns), uint8
        How much grid covers each pixel.

    Returns
    -------
    ndarray, shape (rows, columns), float32, of mean zero
    """
    share = grid * np.float32(1 / 255)
    return np.asarray(share - scipy.ndimage.uniform_filter(share, TILES.tile_px // TILES.texture_share, mode="nearest"))


@dataclass(frozen=True)
class TileSpectra:
    """The spectra of a picture's tiles.

    Attributes
    ----------
    x, y, tiles
        As those of `GridWaves`; the tiles in one row, shape (n, height, width).
    power : ndarray, shape (n, padded, padded / 2 + 1), float32
        Amplitudes, each as a multiple of its tile's median.
    shared : ndarray, shape (padded, padded / 2 + 1), float32
        The median over the tiles.
    """

    x: np.ndarray
    y: np.ndarray
    tiles: np.ndarray
    power: np.ndarray
    shared: np.ndarray


def tile_spectra(texture: np.ndarray) -> TileSpectra | None:
    """Cut a picture into tiles and take their spectra; None where it is too small for two rows and two columns of them.

    Parameters
    ----------
    texture : ndarray, shape (rows, columns), float32
    """
    rows, columns = texture.shape
    side, padded = TILES.tile_px, TILES.padded_px
    if min(rows, columns) < TILES.least_side * side:
        return None
    tops = np.linspace(0, rows - side, max(2, round(2 * rows / side) - 1)).astype(int)
    lefts = np.linspace(0, columns - side, max(2, round(2 * columns / side) - 1)).astype(int)
    window = np.hanning(side).astype(np.float32)
    window = window[:, None] * window[None, :]
    tiles = np.array([texture[t : t + side, c : c + side] for t in tops for c in lefts]) * window
    power = np.empty((len(tiles), padded, padded // 2 + 1), np.float32)
    shared = np.empty(power.shape[1:], np.float32)

    def transform(some: np.ndarray) -> None:
        spend()
        power[some] = _amplitude(tiles[some])

    def share(rows: np.ndarray) -> None:
        # Sorting takes a fifth of the time of `np.median`, which copies each pixel's column.
        ordered = np.sort(power[:, rows], axis=0)
        shared[rows] = (ordered[(len(tiles) - 1) // 2] + ordered[len(tiles) // 2]) / 2

    # A row at a time: all spectra at once, padded and complex, would take four times the memory of the result.
    side_by_side(transform, np.array_split(np.arange(len(tiles)), tops.size))
    side_by_side(share, np.array_split(np.arange(padded), tops.size))
    half = (side - 1) / 2
    return TileSpectra(lefts + half, tops + half, tiles, power, shared)


def find_waves(spectra: TileSpectra, assumed_px_per_mm: float, squares: bool = True) -> GridWaves | None:
    """Measure the grid's waves tile by tile.

    Parameters
    ----------
    spectra : TileSpectra
    assumed_px_per_mm : float
        The scale, guessed from the size of the picture.
    squares : bool
        Whether every fifth line is set off, so that it shows the grid's place too.

    Returns
    -------
    GridWaves or None
        None where no grid is seen.
    """
    lattice, power = (spectra.y.size, spectra.x.size), spectra.power
    turn_deg = _turn(spectra.shared)
    rays = [_ray(spectra.shared, turn_deg + axis) for axis in (0, 90)]
    along_x, along_y = ((whitened(ray, TILES.floor_blocks), TILES.padded_px * TILES.ray_finer) for ray in rays)
    grid = grid_of_spectra(along_x, along_y, assumed_px_per_mm)
    if min(grid.strength_x, grid.strength_y) < TILES.hinted:
        return None
    teeth = TEETH if squares else TEETH[-1:]
    across, seen_x = _tile_waves(power, turn_deg, grid.px_per_mm_x, teeth)
    down, seen_y = _tile_waves(power, turn_deg + 90, grid.px_per_mm_y, teeth)
    weight = np.sqrt(seen_x * seen_y)
    least, least_axis = TILES.seen if squares else TILES.millimetres_seen
    weight[(weight < least) | (np.minimum(seen_x, seen_y) < least_axis)] = 0
    if np.count_nonzero(weight) < TILES.least_tiles:
        return None
    grid = replace(grid, squares=squares)
    return GridWaves(
        spectra.x,
        spectra.y,
        across.reshape(*lattice, 2),
        down.reshape(*lattice, 2),
        weight.reshape(lattice),
        spectra.tiles.reshape(*lattice, *spectra.tiles.shape[1:]),
        grid,
        turn_deg,
    )


def _amplitude(tiles: np.ndarray) -> np.ndarray:
    """Return the padded amplitude spectra of tiles, each as a multiple of its own median."""
    power: np.ndarray = np.abs(scipy.fft.rfft2(tiles, (TILES.padded_px, TILES.padded_px)))
    # The median of an even number of values, in an eighth of the time of `np.median`.
    half = power[0].size // 2
    parted = np.partition(power.reshape(len(power), -1), half, axis=1)
    medians = (parted[:, :half].max(axis=1) + parted[:, half]) / 2
    power /= np.maximum(medians, 1e-9)[:, None, None]
    return power


def _at(power: np.ndarray, f_x: np.ndarray, f_y: np.ndarray, tile: np.ndarray | None = None) -> np.ndarray:
    """Interpolate spectra at frequencies in cycles a pixel; the half that is not stored mirrors the other."""
    size = TILES.padded_px
    flip = np.where(f_x < 0, -1.0, 1.0)
    places = [(f_y * flip * size) % size, f_x * flip * size]
    if tile is None:
        return np.asarray(scipy.ndimage.map_coordinates(power, np.array(places), order=1, mode="grid-wrap"))
    low = [np.floor(place).astype(int) for place in places]
    part = [place - whole for place, whole in zip(places, low, strict=True)]
    value = np.zeros(f_x.shape)
    for down, across in ((0, 0), (0, 1), (1, 0), (1, 1)):
        share = (part[0] if down else 1 - part[0]) * (part[1] if across else 1 - part[1])
        row, column = (low[0] + down) % size, np.minimum(low[1] + across, power.shape[-1] - 1)
        value += share * power[tile, row, column]
    return value


def _turn(shared: np.ndarray) -> float:
    """Return the angle at which two crossing rays of the spectrum stand out most."""
    angle_deg = np.arange(-90, 90, TILES.angle_step_deg)
    radius = np.arange(TILES.least_line, TILES.padded_px * TILES.highest) / TILES.padded_px
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
    """Return the spectrum along one direction, the strongest within `TILES.ray_spread_deg` of it."""
    length = TILES.padded_px * TILES.ray_finer
    radius = np.arange(0, 0.5 * length) / length
    spread = TILES.ray_spread_deg
    angles = np.deg2rad(angle_deg + np.arange(-spread, spread + 0.1, 0.5))
    return np.asarray(np.max([_at(shared, radius * np.cos(a), radius * np.sin(a)) for a in angles], axis=0))


def _tile_waves(
    power: np.ndarray, angle_deg: float, px_per_mm: float, teeth: tuple[int, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """Return each tile's wave, in millimetres a pixel along x and y, and the height of its comb over the spectrum."""
    n = power.shape[0]
    every = np.arange(n)
    angle, stretch = np.full(n, np.deg2rad(angle_deg)), np.full(n, -np.log(px_per_mm))

    def height(tooth: float, mm_per_px: np.ndarray, angles: np.ndarray) -> np.ndarray:
        f = mm_per_px * tooth / 5
        line = _at(power, f * np.cos(angles), f * np.sin(angles), every.reshape(-1, *[1] * (f.ndim - 1)))
        return np.where(f < TILES.highest, capped_log(line), 0)

    for share, steps in TILES.rounds:
        offset = share * np.linspace(-1, 1, steps)
        angles = angle[:, None, None] + np.deg2rad(TILES.turn_deg) * np.repeat(offset[None, :, None], steps, axis=2)
        mm_per_px = np.exp(stretch[:, None, None] + TILES.stretch * np.repeat(offset[None, None, :], steps, axis=1))
        mm_per_px = np.broadcast_to(mm_per_px, (n, steps, steps))
        score = np.sum([height(tooth, mm_per_px, angles) for tooth in teeth], axis=0).reshape(n, -1)
        top = score.argmax(axis=1)
        angle, stretch = angles[every, top // steps, 0], np.log(mm_per_px[every, 0, top % steps])
    wave = np.exp(stretch)
    found = np.array([height(tooth, wave, angle) for tooth in teeth])
    return np.column_stack([wave * np.cos(angle), wave * np.sin(angle)]), np.exp(found.mean(axis=0))
