"""The millimetre grid: its period in pixels, found from the spectral lines of its 1 mm and 5 mm rules together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from preprocessing.page.grid_config import GRID, SQUARE_MM, TEETH


@dataclass(frozen=True)
class Grid:
    """The millimetre grid of a page.

    Attributes
    ----------
    px_per_mm_x, px_per_mm_y : float
        Pixels from one millimetre line to the next.
    strength_x, strength_y : float
        Height of the comb's spectral lines ("teeth") above the spectrum around them, as a geometric mean; 1 is nothing.
    """

    px_per_mm_x: float
    px_per_mm_y: float
    strength_x: float
    strength_y: float

    @property
    def strength(self) -> float:
        """The strength along the weaker axis."""
        return min(self.strength_x, self.strength_y)

    @property
    def found(self) -> bool:
        """Whether there is a grid. Lines of print form a comb too, but along one axis alone."""
        both = (self.strength_x * self.strength_y) ** 0.5
        return both >= GRID.seen and self.strength >= GRID.axis_seen


def _spectrum(profiles: np.ndarray) -> tuple[np.ndarray, int]:
    """Return the whitened amplitude spectrum that the strips share and the length that they were padded to."""
    size = profiles.shape[1]
    window_px = max(GRID.least_detrend_px, size // GRID.detrend_share)
    level = profiles - scipy.ndimage.uniform_filter1d(profiles, window_px, axis=1, mode="nearest")
    length = GRID.padding * (1 << (size - 1).bit_length())
    each = np.abs(np.fft.rfft(level * np.hanning(size), length, axis=1))
    each /= np.maximum(np.median(each, axis=1, keepdims=True), 1e-9)
    # Most strips show the grid, one or two show a line of print: the median keeps the first and drops the second.
    return whitened(np.median(each, axis=0)), length


def whitened(amplitude: np.ndarray) -> np.ndarray:
    """Divide a spectrum, shape (n,), by its own floor: a tooth stands above 1."""
    blocks = np.array_split(amplitude, GRID.floor_blocks)
    centres = np.cumsum([block.size for block in blocks]) - blocks[0].size / 2
    floor = np.interp(np.arange(amplitude.size), centres, [np.median(block) for block in blocks])
    # Lines of a drawn page alias with its pixels; what is much weaker than the strongest line is no tooth.
    return np.asarray(amplitude / np.maximum(floor, GRID.least_tooth * amplitude.max() + 1e-9))


def _tooth(amplitude: np.ndarray, length: int, px_per_mm: np.ndarray, tooth: int) -> np.ndarray:
    """Return the spectral line of one tooth of the 5 mm comb for each candidate spacing."""
    line = np.rint(tooth * length / (5 * px_per_mm)).astype(int)
    return np.asarray(np.maximum(amplitude[np.minimum(line, amplitude.size - 1)], 1.0))


def find_grid(across: np.ndarray, down: np.ndarray) -> Grid:
    """Measure the grid in profiles of paper darkness.

    Parameters
    ----------
    across, down : ndarray, shape (strips, n), float
        Mean darkness of the paper without ink, along each axis, in strips beside one another.
    """
    return grid_of_spectra(_spectrum(across), _spectrum(down), max(across.shape[1], down.shape[1]))


def grid_of_spectra(along_x: tuple[np.ndarray, int], along_y: tuple[np.ndarray, int], longest_px: float) -> Grid:
    """Measure the grid in two spectra.

    Parameters
    ----------
    along_x, along_y : tuple of ndarray, shape (n,), and int
        A whitened spectrum, and the length in pixels of which its first line is the inverse.
    longest_px : float
        The longer side of the page.

    Notes
    -----
    The spectrum of a 5 mm comb has every multiple of its frequency, so a half, a third and a fifth of its spacing score
    well too. The coarser comb is the true one when its own teeth, which the finer one lacks, are seen.
    """
    spectra = (along_x, along_y)
    low, high = GRID.least_px_per_mm, GRID.most_px_per_mm
    high = max(2 * low, min(high, longest_px / GRID.least_page_mm))
    # Even steps in frequency, fine enough for the fifth tooth to move by half a line at most.
    candidates = 1 / np.arange(1 / low, 1 / high, -0.5 / max(length for _, length in spectra))

    def comb(spacing: np.ndarray, teeth: tuple[int, ...]) -> np.ndarray:
        lines = [_tooth(*spectrum, spacing, tooth) for spectrum in spectra for tooth in teeth]
        return np.asarray(np.mean(np.log(np.minimum(lines, GRID.tooth_cap)), axis=0))

    score = comb(candidates, TEETH)
    best = float(candidates[score.argmax()])
    for factor in (5, 3, 2):
        near = candidates[np.abs(candidates / (best * factor) - 1) < GRID.axes_agree]
        own = tuple(tooth for tooth in TEETH if tooth % factor)
        if (
            near.size
            and comb(near, own).max() > np.log(GRID.seen)
            and comb(near, TEETH).max() > GRID.coarser_share * score.max()
        ):
            best = float(near[comb(near, TEETH).argmax()])
    near = candidates[np.abs(candidates / best - 1) < GRID.axes_agree]
    (px_x, strength_x), (px_y, strength_y) = (_refined(*spectrum, near) for spectrum in spectra)
    return Grid(px_x, px_y, strength_x, strength_y)


def _refined(amplitude: np.ndarray, length: int, near: np.ndarray) -> tuple[float, float]:
    """Return the spacing at which the whole comb is strongest along one axis, and how strong it is there."""
    teeth = np.log([_tooth(amplitude, length, near, tooth) for tooth in TEETH])
    score = teeth.sum(axis=0)
    peak = int(score.argmax())
    top = slice(max(0, peak - GRID.peak_steps), peak + GRID.peak_steps + 1)
    # Near its top the score is symmetric: its centre of mass is finer than one step.
    weight = np.exp(score[top] - score[peak]) ** 2
    strength = np.exp(np.minimum(teeth[:, peak], np.log(GRID.tooth_cap)).mean())
    return float(np.sum(near[top] * weight) / weight.sum()), float(strength)


def comb_offsets_mm(profiles: np.ndarray, px_per_mm: float, teeth: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Measure by how far each piece of a profile has its lines off the places of one even comb.

    Parameters
    ----------
    profiles : ndarray, shape (n, size), float
    px_per_mm : float
    teeth : tuple of int
        Those of `TEETH` that are used; the last alone is the comb of millimetres without its squares.

    Returns
    -------
    offset_mm : ndarray, shape (n,), in [-2.5, 2.5)
    clear : ndarray, shape (n,)
        How well the teeth agree on it, at most 1.
    """
    size = profiles.shape[1]
    window_px = max(GRID.least_detrend_px, round(GRID.detrend_mm * px_per_mm))
    level = profiles - scipy.ndimage.uniform_filter1d(profiles, window_px, axis=1, mode="nearest")
    cycles = -2 * np.pi / SQUARE_MM * np.array(teeth)
    lines = (level * np.hanning(size)) @ np.exp(1j * np.outer(np.arange(size) / px_per_mm, cycles))
    return offsets_of(lines, teeth)


def offsets_of(lines: np.ndarray, numbers: tuple[int, ...] = TEETH) -> tuple[np.ndarray, np.ndarray]:
    """Turn the phases of a comb's teeth, shape (n, teeth), into its offset in millimetres and how well they agree."""
    shifts_mm = np.arange(-SQUARE_MM / 2, SQUARE_MM / 2, GRID.shift_step_mm)
    turns = np.exp(2j * np.pi / SQUARE_MM * np.outer(numbers, shifts_mm))
    # Dark lines at whole squares make every tooth real and positive.
    scaled = lines / np.maximum(np.abs(lines).max(axis=1, keepdims=True), 1e-9)
    score = np.real(scaled @ turns)
    return shifts_mm[score.argmax(axis=1)], score.max(axis=1) / len(numbers)
