"""Pixels of any depth and colour model as RGB bytes, transparency on white."""

from __future__ import annotations

import numpy as np
from PIL import Image

_SIXTEEN_BIT = 65535.0


def flat_image(image: Image.Image) -> Image.Image:
    """Convert a loaded image of any mode to RGB on white; deep grey values stay as they are.

    Returns
    -------
    PIL.Image.Image
        A copy, of mode RGB or of a mode that begins with I or F.
    """
    if image.mode.startswith(("I", "F")):
        return image.copy()
    if image.mode == "1":
        image = image.convert("L")
    if image.has_transparency_data:
        layered = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(layered, mask=layered.getchannel("A"))
        return paper
    return image.convert("RGB")


def rgb_of(image: Image.Image, factor: int = 1) -> np.ndarray:
    """Return the pixels of a `flat_image`.

    Parameters
    ----------
    image : PIL.Image.Image
    factor : int
        The mean of each square of so many pixels becomes one.

    Returns
    -------
    ndarray, shape (rows, columns, 3), uint8
        Sixteen-bit and float grey values are scaled by their range.
    """
    if image.mode != "RGB":
        image = Image.fromarray(_eight_bit(np.asarray(image, dtype=np.float64))).convert("RGB")
    return np.array(image.reduce(factor) if factor > 1 else image)


def _eight_bit(values: np.ndarray) -> np.ndarray:
    """Scale grey values to bytes: floats up to 1 by 1, integers by the range of their depth."""
    values = np.nan_to_num(values, nan=0.0, posinf=_SIXTEEN_BIT, neginf=0.0)
    top = float(values.max(initial=0.0))
    if top <= 1.0:
        scale = 1.0
    elif top <= 255.0:
        scale = 255.0
    else:
        scale = max(top, _SIXTEEN_BIT) if top > _SIXTEEN_BIT else _SIXTEEN_BIT
    return np.rint(np.clip(values / scale, 0, 1) * 255).astype(np.uint8)
