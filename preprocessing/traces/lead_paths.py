"""Each lead's own way through the ink of a page, followed again where leads touch."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np

from preprocessing.traces.minimal_path import Band, Path, ink_paths
from preprocessing.traces.pen import INK_LEVEL

# How far to both sides of a place where leads touch their ways are followed again.
AROUND_MM = 4.0


def lead_paths(ink: np.ndarray, hidden: np.ndarray, bands: list[Band], px_per_mm: float) -> list[Path]:
    """Follow all leads of a page.

    Parameters
    ----------
    ink : ndarray, shape (rows, columns), float in [0, 1]
    hidden : ndarray, shape (columns,), bool
        Where something that was taken off hid the ink.
    bands : list of Band
    px_per_mm : float

    Returns
    -------
    list of Path
        In the bands' order.

    Notes
    -----
    A way prefers ink that it need not leave out. Where two leads touch, each first follows some of the other's ink;
    when that is known to be the other's, it goes its own way.
    """
    paths = [Path(np.empty(0), np.empty(0))] * len(bands)
    widest = max(band.right - band.left for band in bands)
    for wide in (True, False):
        # Bands of about one width go together.
        chosen = [i for i, band in enumerate(bands) if (band.right - band.left > 0.8 * widest) == wide]
        together = ink_paths(ink, hidden, [bands[i] for i in chosen], px_per_mm) if chosen else []
        for i, path in zip(chosen, together, strict=True):
            paths[i] = path
    pieces = [
        (i, first, stop)
        for i, touching in enumerate(_touching(ink, bands, paths))
        for first, stop in _stretches(touching, round(AROUND_MM * px_per_mm))
    ]
    if not pieces:
        return paths
    followed = np.zeros(ink.shape, dtype=np.uint8)
    for band, path in zip(bands, paths, strict=True):
        followed[:, band.left : band.right] += _way(path, ink.shape[0])
    parts = [_piece(bands[i], paths[i], first, stop) for i, first, stop in pieces]
    others = [
        followed[:, part.left : part.right] > _way(_part(paths[i], first, stop), ink.shape[0])
        for part, (i, first, stop) in zip(parts, pieces, strict=True)
    ]
    for (i, first, stop), again in zip(pieces, ink_paths(ink, hidden, parts, px_per_mm, others), strict=True):
        paths[i].enters[first:stop] = again.enters
        paths[i].leaves[first:stop] = again.leaves
    return paths


def _part(path: Path, first: int, stop: int) -> Path:
    return Path(path.enters[first:stop], path.leaves[first:stop])


def _piece(band: Band, path: Path, first: int, stop: int) -> Band:
    """Return the part of a band over some of its columns, with its way's rows there."""
    ends = float(path.enters[first]), float(path.leaves[stop - 1])
    return replace(band, left=band.left + first, right=band.left + stop, ends=ends)


def _way(path: Path, rows: int) -> np.ndarray:
    """Mark the rows along which a way runs, shape (rows, columns), bool."""
    row = np.arange(rows)[:, None]
    return (row >= np.minimum(path.enters, path.leaves) - 1) & (row <= np.maximum(path.enters, path.leaves) + 1)


def _touching(ink: np.ndarray, bands: list[Band], paths: list[Path]) -> list[np.ndarray]:
    """Say in which columns of each band its way and that of another lead lie in one run of ink."""
    paper = np.cumsum(ink <= INK_LEVEL, axis=0, dtype=np.uint16)
    touching = [np.zeros(band.right - band.left, dtype=bool) for band in bands]
    for (i, one), (j, other) in combinations(enumerate(bands), 2):
        left, right = max(one.left, other.left), min(one.right, other.right)
        if left >= right:
            continue
        ways = [
            (paths[k].enters[left - b.left : right - b.left], paths[k].leaves[left - b.left : right - b.left])
            for k, b in ((i, one), (j, other))
        ]
        (upper, lower), (above, below) = (np.sort(way, axis=0).clip(0, ink.shape[0] - 1).astype(int) for way in ways)
        columns = np.arange(left, right)
        top, bottom = np.minimum(lower, below), np.maximum(upper, above)
        # Ways that cross have no paper between them either.
        near = (paper[np.maximum(top, bottom), columns] == paper[top, columns]) & (paper[top, columns] > 0)
        touching[i][left - one.left : right - one.left] |= near
        touching[j][left - other.left : right - other.left] |= near
    return touching


def _stretches(touching: np.ndarray, around: int) -> list[tuple[int, int]]:
    """Return first and last column (not included) of each stretch around columns that touch."""
    columns = np.flatnonzero(touching)
    if not columns.size:
        return []
    groups = np.split(columns, np.flatnonzero(np.diff(columns) > 2 * around) + 1)
    return [(max(0, int(g[0]) - around), min(touching.size, int(g[-1]) + around + 1)) for g in groups]
