"""Pieces of ink of a letter's size, and the words that they stand in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

# Darkness, of 255, from which a pixel belongs to a letter.
LETTER_INK = 80
LEAST_HEIGHT_MM, MOST_HEIGHT_MM = 1.2, 7.0
# A page of dots and noise: the largest pieces are kept.
MOST_PIECES = 4000


@dataclass(frozen=True)
class Pieces:
    """Connected pieces of ink, as boxes in pixels; right and bottom are just outside."""

    left: np.ndarray
    top: np.ndarray
    right: np.ndarray
    bottom: np.ndarray

    @property
    def height(self) -> np.ndarray:
        """Rows of each, shape (n,)."""
        return self.bottom - self.top

    def where(self, chosen: np.ndarray) -> Pieces:
        """Return those that a mask or an index chooses."""
        return Pieces(self.left[chosen], self.top[chosen], self.right[chosen], self.bottom[chosen])


def letter_pieces(ink: np.ndarray, px_per_mm: float) -> Pieces:
    """Find the pieces of ink that could be letters or parts of them, ordered from the left.

    Parameters
    ----------
    ink : ndarray, shape (rows, columns), uint8
        Of `preprocessing.lettering.glyph_windows.paper_ink`.
    px_per_mm : float
    """
    labels, _ = scipy.ndimage.label(ink > LETTER_INK, structure=np.ones((3, 3), dtype=int))
    boxes = np.array(
        [(x.start, y.start, x.stop, y.stop) for y, x in scipy.ndimage.find_objects(labels)], dtype=int
    ).reshape(-1, 4)
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    most = MOST_HEIGHT_MM * px_per_mm
    # Dots and hyphens are low: they count as parts of words, not as their measure.
    fits = (height <= most) & (width <= 2 * most) & (np.maximum(width, height) >= 0.25 * px_per_mm)
    boxes = boxes[fits]
    if len(boxes) > MOST_PIECES:
        boxes = boxes[np.argsort(boxes[:, 1] - boxes[:, 3], kind="stable")[:MOST_PIECES]]
    boxes = boxes[np.argsort(boxes[:, 0], kind="stable")]
    return Pieces(*boxes.T)


def words(pieces: Pieces, px_per_mm: float, gap: float) -> list[Pieces]:
    """Join neighbours on one line to words.

    Parameters
    ----------
    pieces : Pieces
        Ordered from the left.
    px_per_mm : float
    gap : float
        The widest room between letters, in heights of the taller.

    Returns
    -------
    list of Pieces
        Each word's letters from the left; a word has at least one piece of a letter's height.
    """
    height = pieces.height
    tall = height >= LEAST_HEIGHT_MM * px_per_mm
    middle = (pieces.top + pieces.bottom) / 2
    follower_of = np.full(len(height), -1)
    group = np.arange(len(height))
    for nth in range(len(height)):
        last = int(np.searchsorted(pieces.left, pieces.right[nth] + gap * MOST_HEIGHT_MM * px_per_mm, side="right"))
        after = np.arange(nth + 1, last)
        taller = np.maximum(height[nth], height[after])
        near = pieces.left[after] - pieces.right[nth] <= gap * taller
        beside = np.abs(middle[after] - middle[nth]) < 0.55 * taller
        alike = (np.minimum(height[nth], height[after]) > 0.45 * taller) | ~tall[after] | ~tall[nth]
        joined = after[near & beside & alike & (tall[nth] | tall[after])]
        for other in joined:
            group[group == group[other]] = group[nth]
        if joined.size:
            follower_of[nth] = joined[0]
    found = []
    for name in np.unique(group):
        members = np.flatnonzero(group == name)
        if tall[members].any():
            found.append(pieces.where(members))
    return found
