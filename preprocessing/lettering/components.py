"""Connected components of ink of a letter's size, and the words that they form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from preprocessing.budget import spend
from preprocessing.label_boxes import label_boxes
from preprocessing.lettering.config import COMPONENTS


@dataclass(frozen=True)
class Components:
    """Connected components, as boxes in pixels; right and bottom are just outside. Each array has shape (n,)."""

    left: np.ndarray
    top: np.ndarray
    right: np.ndarray
    bottom: np.ndarray

    @property
    def height(self) -> np.ndarray:
        """Height of each, shape (n,)."""
        return np.asarray(self.bottom - self.top)

    def where(self, chosen: np.ndarray) -> Components:
        """Return those that a mask or an index selects."""
        return Components(self.left[chosen], self.top[chosen], self.right[chosen], self.bottom[chosen])


def letter_components(ink: np.ndarray, px_per_mm: float) -> Components:
    """Find the components that may be letters or parts of them, ordered from the left.

    Parameters
    ----------
    ink : ndarray, shape (rows, columns), uint8
        Of `preprocessing.lettering.glyph_windows.paper_ink`.
    px_per_mm : float
    """
    boxes = label_boxes(*scipy.ndimage.label(ink > COMPONENTS.letter_ink, structure=np.ones((3, 3), dtype=int)))
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    most = COMPONENTS.most_height_mm * px_per_mm
    # Dots and hyphens are low: they are kept as parts of words but do not set the words' height.
    fits = (
        (height <= most)
        & (width <= COMPONENTS.most_width * most)
        & (np.maximum(width, height) >= COMPONENTS.least_side_mm * px_per_mm)
    )
    boxes = boxes[fits]
    if len(boxes) > COMPONENTS.most_components:
        boxes = boxes[np.argsort(boxes[:, 1] - boxes[:, 3], kind="stable")[: COMPONENTS.most_components]]
    boxes = boxes[np.argsort(boxes[:, 0], kind="stable")]
    return Components(*boxes.T)


def words(components: Components, px_per_mm: float, gap: float) -> list[Components]:
    """Group neighbours on one line into words.

    Parameters
    ----------
    components : Components
        Ordered from the left.
    px_per_mm : float
    gap : float
        Widest gap between letters, in heights of the taller.

    Returns
    -------
    list of Components
        Each word's components from the left, at least one of them as high as a letter.
    """
    height = components.height
    tall = height >= COMPONENTS.least_height_mm * px_per_mm
    middle = (components.top + components.bottom) / 2
    group = np.arange(len(height))
    reach_px = gap * COMPONENTS.most_height_mm * px_per_mm
    for nth in range(len(height)):
        spend()
        last = int(np.searchsorted(components.left, components.right[nth] + reach_px, side="right"))
        after = np.arange(nth + 1, last)
        taller = np.maximum(height[nth], height[after])
        near = components.left[after] - components.right[nth] <= gap * taller
        beside = np.abs(middle[after] - middle[nth]) < COMPONENTS.beside * taller
        alike = (np.minimum(height[nth], height[after]) > COMPONENTS.alike * taller) | ~tall[after] | ~tall[nth]
        joined = after[near & beside & alike & (tall[nth] | tall[after])]
        for other in joined:
            group[group == group[other]] = group[nth]
    found = []
    for name in np.unique(group):
        spend()
        members = np.flatnonzero(group == name)
        if tall[members].any():
            found.append(components.where(members))
    return found
