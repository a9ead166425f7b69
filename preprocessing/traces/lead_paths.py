"""The minimal-cost path of each lead, found again where leads touch."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np

from preprocessing.traces.config import INK, PATH
from preprocessing.traces.minimal_path import Path, ink_paths
from preprocessing.traces.path_costs import Band


def lead_paths(
    ink: np.ndarray, in_names: np.ndarray, bands: list[Band], px_per_mm: float
) -> tuple[list[Path], list[np.ndarray]]:
    """Find the paths of all leads of a page.

    Parameters
    ----------
    ink : ndarray, shape (rows, columns), float32 in [0, 1]
    in_names : ndarray, shape (rows, columns), bool
        Where the name of a lead may hide a stroke.
    bands : list of Band
    px_per_mm : float

    Returns
    -------
    list of Path
        In the bands' order.
    list of ndarray, each of shape (columns of its band,), bool
        Where a path and that of another lead lie in one run of ink.

    Notes
    -----
    A path prefers not to leave out ink. Where two leads touch, each path first takes some of the other's ink. In a
    second pass the ink along the other paths is known, and leaving it out costs nothing.
    """
    paths = [Path(np.empty(0), np.empty(0))] * len(bands)
    widest = max(band.right - band.left for band in bands)
    for wide in (True, False):
        # Bands of about the same width are processed together.
        chosen = [i for i, band in enumerate(bands) if (band.right - band.left > 0.8 * widest) == wide]
        found = ink_paths(ink, in_names, [bands[i] for i in chosen], px_per_mm) if chosen else []
        for i, path in zip(chosen, found, strict=True):
            paths[i] = path
    background = np.cumsum(ink <= INK.level, axis=0, dtype=np.uint16)
    touching = _touching(background, bands, paths)
    pieces = [
        (i, first, stop)
        for i, columns in enumerate(touching)
        for first, stop in _stretches(columns, round(PATH.around_mm * px_per_mm))
    ]
    if not pieces:
        return paths, touching
    times_taken = np.zeros(ink.shape, dtype=np.uint8)
    for band, path in zip(bands, paths, strict=True):
        rows, along = _along(path, ink.shape[0])
        times_taken[rows, band.left : band.right] += along
    parts = [_piece(bands[i], paths[i], first, stop) for i, first, stop in pieces]
    others = []
    for part, (i, first, stop) in zip(parts, pieces, strict=True):
        taken = times_taken[:, part.left : part.right] > 0
        rows, along = _along(Path(paths[i].enters[first:stop], paths[i].leaves[first:stop]), ink.shape[0])
        taken[rows] = times_taken[rows, part.left : part.right] > along
        others.append(taken)
    for (i, first, stop), again in zip(pieces, ink_paths(ink, in_names, parts, px_per_mm, others), strict=True):
        paths[i].enters[first:stop] = again.enters
        paths[i].leaves[first:stop] = again.leaves
    return paths, _touching(background, bands, paths)


def _piece(band: Band, path: Path, first: int, stop: int) -> Band:
    """Return a band over some of its columns, with the rows of its path at both ends."""
    ends = float(path.enters[first]), float(path.leaves[stop - 1])
    return replace(band, left=band.left + first, right=band.left + stop, ends=ends)


def _along(path: Path, rows: int) -> tuple[slice, np.ndarray]:
    """Mark the pixels along a path among `rows` rows: return those that it passes, and the marks in them, bool."""
    top, bottom = np.minimum(path.enters, path.leaves) - 1, np.maximum(path.enters, path.leaves) + 1
    passed = slice(max(0, int(top.min())), max(0, min(rows, int(bottom.max()) + 1)))
    row = np.arange(passed.start, passed.stop)[:, None]
    return passed, np.asarray((row >= top) & (row <= bottom))


def _touching(background: np.ndarray, bands: list[Band], paths: list[Path]) -> list[np.ndarray]:
    """Mark the columns of each band where its path and that of another lead lie in one run of ink.

    `background` counts the pixels without ink from the top of each column down, shape (rows, columns), int.
    """
    touching = [np.zeros(band.right - band.left, dtype=bool) for band in bands]
    for (i, one), (j, other) in combinations(enumerate(bands), 2):
        left, right = max(one.left, other.left), min(one.right, other.right)
        if left >= right:
            continue
        both = [
            (paths[k].enters[left - b.left : right - b.left], paths[k].leaves[left - b.left : right - b.left])
            for k, b in ((i, one), (j, other))
        ]
        (upper, lower), (above, below) = (
            np.sort(path, axis=0).clip(0, len(background) - 1).astype(int) for path in both
        )
        columns = np.arange(left, right)
        top, bottom = np.minimum(lower, below), np.maximum(upper, above)
        # Paths that cross have no background between them either.
        at_top = background[top, columns]
        near = (background[np.maximum(top, bottom), columns] == at_top) & (at_top > 0)
        touching[i][left - one.left : right - one.left] |= near
        touching[j][left - other.left : right - other.left] |= near
    return touching


def _stretches(touching: np.ndarray, around: int) -> list[tuple[int, int]]:
    """Return first and last column (exclusive) of each stretch around columns that touch."""
    columns = np.flatnonzero(touching)
    if not columns.size:
        return []
    groups = np.split(columns, np.flatnonzero(np.diff(columns) > 2 * around) + 1)
    return [(max(0, int(g[0]) - around), min(touching.size, int(g[-1]) + around + 1)) for g in groups]
