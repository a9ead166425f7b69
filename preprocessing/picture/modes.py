"""Pixels of any depth and colour model as RGB bytes, transparency on white."""

from __future__ import annotations

import numpy as np
from PIL import Image

_SIXTEEN_BIT = 65535.0


def rgb_of(image: Image.Image) -> np.ndarray:
    """Convert an image of any mode.

    Parameters
    ----------
    image : PIL.Image.Image
        Loaded, of any mode that Pillow knows.

    Returns
    -------
    ndarray, shape (rows, columns, 3), uint8
        Sixteen-bit and float grey values are scaled by their range; transparency is laid on white.
    """
    if image.mode == "1":
        image = image.convert("L")
    if image.mode.startswith(("I", "F")):
        image = Image.fromarray(_eight_bit(np.asarray(image, dtype=np.float64)))
    if image.has_transparency_data:
        layered = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(layered, mask=layered.getchannel("A"))
        image = paper
    return np.array(image if image.mode == "RGB" else image.convert("RGB"))


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
