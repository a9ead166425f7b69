"""Pictures of beats as they might have been otherwise: as the claims have it, and so that a beat stays what it is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy
from PIL import Image

# As the projects of the field describe theirs, where they give figures.
SHEAR, ZOOM, SHIFT, ROTATION_DEG, BRIGHTNESS = 0.2, 0.2, 0.1, 10.0, (0.8, 1.2)
# Small enough that a wave keeps its width and its height within what machines differ by.
OWN_SHIFT_PX, OWN_HEIGHT, OWN_WIDTH, OWN_NOISE = (3.0, 2.0), 0.12, 0.05, 8.0
OWN_LEFT_SHARE, OWN_BROAD_SHARE, OWN_NOISY_SHARE = 0.35, 0.3, 0.4
PAPER = 255.0


def as_claimed(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Shear, zoom, shift, turn, brighten and mirror a picture, shape (h, w), uint8.

    Mirrored, a beat runs backwards: its T wave comes before its QRS complex.
    """
    angle = np.deg2rad(rng.uniform(-ROTATION_DEG, ROTATION_DEG))
    turned = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    sheared = np.array([[1, 0], [rng.uniform(-SHEAR, SHEAR), 1]])
    zoomed = np.diag(rng.uniform(1 - ZOOM, 1 + ZOOM, 2))
    shift = rng.uniform(-SHIFT, SHIFT, 2) * picture.shape
    moved = _moved(picture, turned @ sheared @ zoomed, shift)
    bright = np.clip(moved * rng.uniform(*BRIGHTNESS), 0, PAPER)
    return np.rint(bright[:, ::-1] if rng.random() < 0.5 else bright).astype(np.uint8)


def keeping_meaning(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Shift and scale a picture a little, shape (h, w), uint8, and vary its stroke and its paper; or leave it as it is.

    Whatever is moved is a little blurred. What is asked about later is not, and a network that never saw it sharp
    takes it for something else: its normalisation has followed the blurred ones.
    """
    if rng.random() < OWN_LEFT_SHARE:
        return picture
    scale = np.diag([1 + rng.uniform(-OWN_HEIGHT, OWN_HEIGHT), 1 + rng.uniform(-OWN_WIDTH, OWN_WIDTH)])
    moved = _moved(picture, scale, rng.normal(0, OWN_SHIFT_PX))
    if rng.random() < OWN_BROAD_SHARE:
        # Ink is dark: what widens it is the least of neighbours.
        moved = -scipy.ndimage.grey_dilation(-moved, size=(2, 2))
    if rng.random() < OWN_NOISY_SHARE:
        moved = moved + rng.normal(0, rng.uniform(0, OWN_NOISE), picture.shape)
    return np.rint(np.clip(moved, 0, PAPER)).astype(np.uint8)


def unchanged(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return a picture as it is."""
    return picture


WAYS: dict[str, Callable[[np.ndarray, np.random.Generator], np.ndarray]] = {
    "none": unchanged,
    "as claimed": as_claimed,
    "keeping meaning": keeping_meaning,
}


def _moved(picture: np.ndarray, matrix: np.ndarray, shift: np.ndarray) -> np.ndarray:
    """Move a picture about its middle, float32; what comes in from beyond its edge is paper."""
    height, width = picture.shape
    # Pillow counts columns first, from a pixel's corner, and takes its middle.
    across, middle = matrix[::-1, ::-1], np.array([width, height]) / 2
    offset = middle - across @ middle + shift[::-1]
    steps = (*across[0], offset[0], *across[1], offset[1])
    drawn = Image.fromarray(picture)
    moved = drawn.transform(drawn.size, Image.Transform.AFFINE, steps, Image.Resampling.BILINEAR, fillcolor=int(PAPER))
    return np.asarray(moved, np.float32)
