"""Augmentation of beat pictures: the field's conventional kind, and one that keeps the label true."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy
from PIL import Image

# From the published projects, where they give figures.
SHEAR, ZOOM, SHIFT, ROTATION_DEG, BRIGHTNESS = 0.2, 0.2, 0.1, 10.0, (0.8, 1.2)
# Label-preserving: within what recorders differ by, so that a wave keeps its width and its height. The shift is a
# standard deviation in rows and columns, the noise one in grey levels.
SMALL_SHIFT_PX, SMALL_HEIGHT, SMALL_WIDTH, NOISE_SD = (3.0, 2.0), 0.12, 0.05, 8.0
UNCHANGED_SHARE, BROAD_STROKE_SHARE, NOISY_SHARE = 0.35, 0.3, 0.4
WHITE = 255.0


def conventional(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Shear, zoom, shift, rotate, brighten and mirror a picture, shape (h, w), uint8.

    A mirrored beat runs backwards: its T wave comes before its QRS complex.
    """
    angle = np.deg2rad(rng.uniform(-ROTATION_DEG, ROTATION_DEG))
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    shear = np.array([[1, 0], [rng.uniform(-SHEAR, SHEAR), 1]])
    zoom = np.diag(rng.uniform(1 - ZOOM, 1 + ZOOM, 2))
    shift = rng.uniform(-SHIFT, SHIFT, 2) * picture.shape
    warped = _warped(picture, rotation @ shear @ zoom, shift)
    bright = np.clip(warped * rng.uniform(*BRIGHTNESS), 0, WHITE)
    return np.asarray(np.rint(bright[:, ::-1] if rng.random() < 0.5 else bright).astype(np.uint8))


def label_preserving(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Shift and scale a picture slightly, shape (h, w), uint8, broaden its stroke, add noise; or leave it unchanged.

    Resampling blurs. Test pictures are sharp, so some training pictures must be: batch normalisation would otherwise
    follow the blurred ones.
    """
    if rng.random() < UNCHANGED_SHARE:
        return picture
    scale = np.diag([1 + rng.uniform(-SMALL_HEIGHT, SMALL_HEIGHT), 1 + rng.uniform(-SMALL_WIDTH, SMALL_WIDTH)])
    warped = _warped(picture, scale, rng.normal(0, SMALL_SHIFT_PX))
    if rng.random() < BROAD_STROKE_SHARE:
        # Ink is dark, so a minimum filter broadens it.
        warped = -scipy.ndimage.grey_dilation(-warped, size=(2, 2))
    if rng.random() < NOISY_SHARE:
        warped = warped + rng.normal(0, rng.uniform(0, NOISE_SD), picture.shape)
    return np.asarray(np.rint(np.clip(warped, 0, WHITE)).astype(np.uint8))


def unchanged(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return a picture unchanged."""
    return picture


AUGMENTATIONS: dict[str, Callable[[np.ndarray, np.random.Generator], np.ndarray]] = {
    "none": unchanged,
    "conventional": conventional,
    "label-preserving": label_preserving,
}


def _warped(picture: np.ndarray, matrix: np.ndarray, shift: np.ndarray) -> np.ndarray:
    """Apply an affine map about the centre, float32; white comes in from beyond the edges."""
    height, width = picture.shape
    # Pillow's coordinates are column first, from a pixel's corner, and map output to input.
    across, centre = matrix[::-1, ::-1], np.array([width, height]) / 2
    offset = centre - across @ centre + shift[::-1]
    coefficients = (*across[0], offset[0], *across[1], offset[1])
    image = Image.fromarray(picture)
    warped = image.transform(
        image.size, Image.Transform.AFFINE, coefficients, Image.Resampling.BILINEAR, fillcolor=int(WHITE)
    )
    return np.asarray(warped, np.float32)
