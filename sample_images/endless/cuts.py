"""From a drawn canvas to a patch: an exact export, or a picture taken and worn, each with its labels."""

from __future__ import annotations

import numpy as np
from PIL import Image

from sample_images.endless.canvas import Canvas
from sample_images.endless.looks import PageLook, log_uniform, luminance
from sample_images.endless.truth import Pixels
from sample_images.endless.warps import Warp, warped
from sample_images.endless.wear import Capture, random_wear, worn

# A trace thinner than this in the picture cannot be seen, so its label would be noise.
_LEAST_PEN_PX = 0.45
# Pixels around a captured patch, for its filters.
_MARGIN_PX = 6
_FILTERS = (
    Image.Resampling.LANCZOS,
    Image.Resampling.LANCZOS,
    Image.Resampling.NEAREST,
    Image.Resampling.BOX,
    Image.Resampling.BILINEAR,
    Image.Resampling.BICUBIC,
    Image.Resampling.LANCZOS,
    Image.Resampling.BICUBIC,
)


def as_images(maps: Pixels) -> list[Image.Image]:
    """Return the six maps as two images of three bands each."""
    return [Image.merge("RGB", [Image.fromarray(maps[at]) for at in range(first, first + 3)]) for first in (0, 3)]


def exported(
    rng: np.random.Generator,
    canvas: Canvas,
    look: PageLook,
    maps: list[Image.Image],
    warp: Warp,
    size: tuple[int, int],
    scale: float,
) -> tuple[Pixels, Pixels]:
    """Cut a picture as the program exports it, whole native pixels, then bring it to the patch's scale."""
    width, height = size[0] / scale, size[1] / scale
    native = look.native
    left, top = canvas.px(np.array(warp.centre_mm) - (width / 2, height / 2)) / canvas.times
    if scale == native:
        left, top = round(left), round(top)
    box = left, top, left + width * native, top + height * native
    filters = (Image.Resampling.LANCZOS, Image.Resampling.BICUBIC, Image.Resampling.BILINEAR)
    resample = filters[int(rng.integers(len(filters)))]
    picture = canvas.picture.reduce(canvas.times).resize(size, resample, box)
    left, top, right, bottom = (edge * canvas.times for edge in box)
    drawn = [image.resize(size, Image.Resampling.BOX, (left, top, right, bottom)) for image in maps]
    return np.asarray(picture), np.concatenate([np.asarray(image) for image in drawn], axis=2)


def captured(
    rng: np.random.Generator,
    canvas: Canvas,
    look: PageLook,
    maps: list[Image.Image],
    warp: Warp,
    size: tuple[int, int],
    scale: float,
) -> tuple[Pixels, Pixels]:
    """Take a picture at some resolution, wear it, and bring it to the patch's scale."""
    capture = log_uniform(rng, max(72 / 25.4, _LEAST_PEN_PX / look.pen.width_mm), 400 / 25.4)
    needed = [int(np.ceil(length / scale * capture)) + 2 * _MARGIN_PX for length in size]
    times = max(1, round(canvas.scale / capture))
    fine = needed[0] * times, needed[1] * times
    nearest = rng.random() < 0.05
    (picture,) = warped([canvas.picture], canvas, warp, fine, capture * times, not nearest)
    if times > 1:
        whole = needed[0], needed[1]
        picture = picture.resize(whole, Image.Resampling.NEAREST) if nearest else picture.reduce(times)
    paper, ink = luminance(look.paper_rgb), luminance(look.pen.rgb)
    ink = paper + look.pen.opacity * (ink - paper)
    picture = worn(picture, rng, Capture(random_wear(rng), capture, ink, paper, look.pen.width_mm * capture))
    half_x, half_y = (length / scale * capture / 2 for length in size)
    middle_x, middle_y = needed[0] / 2, needed[1] / 2
    resample = _FILTERS[int(rng.integers(len(_FILTERS)))]
    picture = picture.resize(
        size, resample, (middle_x - half_x, middle_y - half_y, middle_x + half_x, middle_y + half_y)
    )
    drawn = [image.reduce(2) for image in warped(maps, canvas, warp, (2 * size[0], 2 * size[1]), 2 * scale)]
    return np.asarray(picture), np.concatenate([np.asarray(image) for image in drawn], axis=2)
