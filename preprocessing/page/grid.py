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
    squares : bool
        Whether every fifth line is set off, so that places are known to within a square and not to a millimetre.
    """

    px_per_mm_x: float
    px_per_mm_y: float
    strength_x: float
    strength_y: float
    squares: bool = True

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


def whitened(amplitude: np.ndarray, floor_blocks: int = GRID.floor_blocks) -> np.ndarray:
    """Divide a spectrum, shape (n,), by its own floor: a tooth stands above 1.

    The floor is the median of each of `floor_blocks` blocks, which must be much wider than a tooth.
    """
    blocks = np.array_split(amplitude, floor_blocks)
    centres = np.cumsum([block.size for block in blocks]) - blocks[0].size / 2
    floor = np.interp(np.arange(amplitude.size), centres, [np.median(block) for block in blocks])
    # Lines of a drawn page alias with its pixels; what is much weaker than the strongest line is no tooth.
    return np.asarray(amplitude / np.maximum(floor, GRID.least_tooth * amplitude.max() + 1e-9))


def capped_log(amplitude: np.ndarray) -> np.ndarray:
    """Return the logarithm of amplitudes, which hardly grows above `GRID.tooth_cap` but still shows where a line peaks.

    Examples
    --------
    >>> capped_log(np.array([0.5, 1.0, 1e6])).round(1).tolist()
    [0.0, 0.0, 3.6]
    """
    above = np.log(np.maximum(amplitude, 1.0))
    cap = np.log(GRID.tooth_cap)
    return np.asarray(np.minimum(above, cap) + GRID.above_cap * np.maximum(above - cap, 0))


def _tooth(amplitude: np.ndarray, length: int, px_per_mm: np.ndarray, tooth: float) -> np.ndarray:
    """Return the spectral line of one tooth of the 5 mm comb for each candidate spacing."""
    line = np.rint(tooth * length / (5 * px_per_mm)).astype(int)
    return np.asarray(np.maximum(amplitude[np.minimum(line, amplitude.size - 1)], 1.0))


def find_grid(across: np.ndarray, down: np.ndarray, assumed_px_per_mm: float, slack: float = np.inf) -> Grid:
    """Measure the grid in profiles of how much it covers.

    Parameters
    ----------
    across, down : ndarray, shape (strips, n), float
        Mean coverage along each axis, in strips beside one another.
    assumed_px_per_mm : float
        The scale, guessed from the size of the picture.
    slack : float
        Greatest factor by which that may be off, where more is known than the size of the picture.
    """
    return grid_of_spectra(_spectrum(across), _spectrum(down), assumed_px_per_mm, slack)


def grid_of_spectra(
    along_x: tuple[np.ndarray, int],
    along_y: tuple[np.ndarray, int],
    assumed_px_per_mm: float,
    slack: float = np.inf,
) -> Grid:
    """Measure the grid in two spectra.

    Parameters
    ----------
    along_x, along_y : tuple of ndarray, shape (n,), and int
        A whitened spectrum, and the length in pixels of which its first line is the inverse.
    assumed_px_per_mm : float
        The scale, guessed from the size of the picture.
    slack : float
        Greatest factor by which that may be off.

    Notes
    -----
    Where all lines are alike, nothing in the spectrum tells millimetres from squares of five. The size of the picture
    does: a page fills at least a third of it, and the two differ by a factor of five. Within these bounds thin lines
    also have combs at a half and a third of their spacing; these have a line of the spectrum between their teeth.
    """
    spectra = (along_x, along_y)
    low = max(GRID.least_of_assumed, 1 / slack) * assumed_px_per_mm
    high = min(GRID.most_of_assumed, slack) * assumed_px_per_mm
    # Even steps in frequency, fine enough for the fifth tooth to move by half a line at most.
    candidates = 1 / np.arange(1 / low, 1 / high, -0.5 / max(length for _, length in spectra))
    score = np.mean([_comb_height(*spectrum, candidates) for spectrum in spectra], axis=0)
    score -= (np.log(candidates / assumed_px_per_mm) / GRID.assumed_off) ** 2 / 2
    best = float(candidates[score.argmax()])
    near = candidates[np.abs(candidates / best - 1) < GRID.axes_agree]
    (px_x, strength_x, squares_x), (px_y, strength_y, squares_y) = (_refined(*spectrum, near) for spectrum in spectra)
    return Grid(px_x, px_y, strength_x, strength_y, min(squares_x, squares_y) > GRID.squares_seen)


def _comb_height(amplitude: np.ndarray, length: int, px_per_mm: np.ndarray) -> np.ndarray:
    """Return how high a comb stands for each spacing, as a logarithm: of all teeth, or of the millimetres' alone."""
    whole = np.log(np.maximum(amplitude, 1.0))

    def height(tooth: float) -> np.ndarray:
        return np.asarray(whole[np.minimum(np.rint(tooth * length / (5 * px_per_mm)).astype(int), whole.size - 1)])

    teeth = np.array([height(tooth) for tooth in TEETH])
    capped = capped_log(np.exp(teeth))
    # Lines where the comb has none count as far as they come near its own: drawn lines alias with pixels.
    noise, strange = np.log(GRID.noise_line), np.log(GRID.strange_line)
    beside, lower = (
        np.max([height(tooth) for tooth in places], axis=0) for places in (GRID.between_teeth, GRID.below_teeth)
    )
    all_teeth = capped.mean(axis=0) - np.maximum(beside - teeth.mean(axis=0) - strange, 0) * (beside > noise)
    alone = GRID.millimetres_alone * capped[-1] - np.maximum(lower - teeth[-1] - strange, 0) * (lower > noise)
    return np.asarray(np.maximum(all_teeth, alone))


def _refined(amplitude: np.ndarray, length: int, near: np.ndarray) -> tuple[float, float, float]:
    """Return the spacing at which the comb is strongest along one axis, its strength, and that of its squares."""
    teeth = np.log([_tooth(amplitude, length, near, tooth) for tooth in TEETH])
    score = teeth.sum(axis=0)
    peak = int(score.argmax())
    top = slice(max(0, peak - GRID.peak_steps), peak + GRID.peak_steps + 1)
    # Near its top the score is symmetric: its centre of mass is finer than one step.
    weight = np.exp(score[top] - score[peak]) ** 2
    capped = np.minimum(teeth[:, peak], np.log(GRID.tooth_cap))
    strength = np.exp(max(capped.mean(), GRID.millimetres_alone * capped[-1]))
    return float(np.sum(near[top] * weight) / weight.sum()), float(strength), float(np.exp(capped[:-1].mean()))


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
    """Turn the phases of a comb's teeth, shape (n, teeth), into its offset in millimetres and how well they agree.

    The offset is known to within a square, or to a millimetre where the tooth of the millimetres is the only one.
    """
    reach_mm = period_mm(numbers) / 2
    shifts_mm = np.arange(-reach_mm, reach_mm, GRID.shift_step_mm)
    turns = np.exp(2j * np.pi / SQUARE_MM * np.outer(numbers, shifts_mm))
    # Dark lines at whole squares make every tooth real and positive.
    scaled = lines / np.maximum(np.abs(lines).max(axis=1, keepdims=True), 1e-9)
    score = np.real(scaled @ turns)
    return shifts_mm[score.argmax(axis=1)], score.max(axis=1) / len(numbers)


def period_mm(teeth: tuple[int, ...]) -> float:
    """Return after how many millimetres a comb with these teeth repeats.

    Examples
    --------
    >>> period_mm((1, 2, 3, 4, 5)), period_mm((5,))
    (5.0, 1.0)
    """
    return SQUARE_MM / float(np.gcd.reduce(teeth))
