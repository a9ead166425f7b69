"""What light, lens, sensor and file do to a picture; the labels stay as drawn."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, ImageFilter

from sample_images.endless.light import banded, creased, lit
from sample_images.endless.looks import chosen, log_uniform
from sample_images.endless.truth import Floats

KINDS = {"file": 0.14, "scan": 0.3, "photo": 0.33, "bits": 0.09, "fax": 0.04, "screen": 0.05, "harsh": 0.05}


@dataclass(frozen=True)
class Capture:
    """How a picture is taken: a kind of `KINDS`, pixels per mm, grey levels of ink and paper, the pen in pixels."""

    kind: str
    px_per_mm: float
    ink_level: float
    paper_level: float
    pen_px: float


def random_wear(rng: np.random.Generator) -> str:
    """Return one of `KINDS`."""
    return chosen(rng, KINDS)


def worn(picture: Image.Image, rng: np.random.Generator, capture: Capture) -> Image.Image:
    """Return the picture as the capture leaves it."""
    kind = capture.kind
    image = np.asarray(picture).astype(np.float32)
    if kind in ("photo", "screen", "harsh"):
        image = lit(image, rng)
    if kind in ("photo", "harsh", "scan") and rng.random() < (0.12 if kind == "scan" else 0.5):
        image = creased(image, rng, capture.px_per_mm)
    if kind in ("scan", "bits", "harsh") and rng.random() < 0.5:
        image = _streaked(image, rng)
    if kind == "screen" or rng.random() < 0.02:
        image = banded(image, rng)
    if kind in ("scan", "photo", "screen", "harsh"):
        image = _toned(image, rng)
    if kind != "file":
        image = np.asarray(_blurred(_picture(image), rng, kind)).astype(np.float32)
    if kind in ("scan", "photo", "harsh", "bits") and rng.random() < 0.8:
        image = _noisy(image, rng, kind)
    if kind in ("scan", "bits", "fax") and rng.random() < 0.4:
        image = _dusty(image, rng)
    if kind in ("bits", "fax"):
        image = _two_levels(image, rng, capture)
    elif rng.random() < 0.15:
        image = np.repeat(image.mean(axis=2, keepdims=True), 3, axis=2)
    if rng.random() < 0.01:
        image = 255 - image
    return _filed(_picture(image), rng, kind)


def _picture(image: Floats) -> Image.Image:
    return Image.fromarray(np.clip(image, 0, 255).astype(np.uint8))


def _streaked(image: Floats, rng: np.random.Generator) -> Floats:
    """Streaks of a dirty scanner glass and uneven columns of its sensor."""
    width = image.shape[1]
    if rng.random() < 0.5:
        image = image * (1 + rng.normal(0, rng.uniform(0.002, 0.03), (1, width, 1)).astype(np.float32))
    for _ in range(int(rng.integers(0, 4))):
        at = int(rng.integers(width))
        image[:, at : at + int(rng.integers(1, 3))] *= rng.uniform(0.6, 1.3)
    return image


def _toned(image: Floats, rng: np.random.Generator) -> Floats:
    """Gamma, contrast and a cast of colour."""
    if rng.random() < 0.4:
        image = (255 * (np.clip(image, 0, 255) / 255) ** log_uniform(rng, 0.6, 1.7)).astype(np.float32)
    if rng.random() < 0.4:
        image = (image - 255) * np.float32(rng.uniform(0.55, 1.25)) + 255 - np.float32(rng.uniform(0, 25))
    if rng.random() < 0.3:
        image = image * (1 + rng.normal(0, 0.05, 3)).astype(np.float32)
    return image.astype(np.float32)


def _blurred(picture: Image.Image, rng: np.random.Generator, kind: str) -> Image.Image:
    """Defocus, motion or sharpening, in pixels of the capture."""
    pick = rng.random()
    if pick < 0.5 or kind == "harsh":
        picture = picture.filter(ImageFilter.GaussianBlur(log_uniform(rng, 0.3, 2.2 if kind == "harsh" else 1.3)))
    elif pick < 0.6:
        kernel = np.zeros((5, 5))
        along = rng.normal(size=2)
        along *= 1.9 / np.hypot(*along)
        for at in np.linspace(-1, 1, 15):
            kernel[round(2 + at * along[1]), round(2 + at * along[0])] += 1
        picture = picture.filter(ImageFilter.Kernel((5, 5), kernel.ravel().tolist(), kernel.sum()))
    if rng.random() < 0.15:
        picture = picture.filter(ImageFilter.UnsharpMask(rng.uniform(0.6, 2.5), int(rng.integers(40, 220)), 0))
    return picture


def _noisy(image: Floats, rng: np.random.Generator, kind: str) -> Floats:
    height, width = image.shape[:2]
    level = log_uniform(rng, 0.8, 25 if kind == "harsh" else 12)
    bands = 1 if rng.random() < 0.4 else 3
    return image + np.float32(level) * rng.standard_normal((height, width, bands), dtype=np.float32)


def _dusty(image: Floats, rng: np.random.Generator) -> Floats:
    height, width = image.shape[:2]
    for _ in range(int(log_uniform(rng, 1, 40))):
        y, x, size = int(rng.integers(height)), int(rng.integers(width)), int(rng.choice([1, 1, 2, 3]))
        image[y : y + size, x : x + size] = rng.choice([0, 40, 128, 255])
    return image


def _two_levels(image: Floats, rng: np.random.Generator, capture: Capture) -> Floats:
    """A scan in black and white: one threshold that leaves the trace, or dots as a fax makes them."""
    grey = image.mean(axis=2)
    contrast = capture.ink_level - capture.paper_level
    if rng.random() < 0.2:
        stretched = np.clip(128 + (grey - (capture.ink_level + capture.paper_level) / 2) * 255 / abs(contrast), 0, 255)
        two = np.asarray(Image.fromarray(stretched.astype(np.uint8)).convert("1")).astype(np.float32) * 255
    else:
        # A pen thinner than a pixel darkens it only in part.
        threshold = capture.paper_level + contrast * min(1.0, capture.pen_px) * rng.uniform(0.12, 0.65)
        two = np.where(grey > threshold, 255, 0).astype(np.float32)
    return np.repeat(two[..., None], 3, axis=2)


def _filed(picture: Image.Image, rng: np.random.Generator, kind: str) -> Image.Image:
    """Save as files are: JPEG once or twice, WebP, or a small palette."""
    pick = rng.random()
    if kind in ("bits", "fax") and pick > 0.3:
        return picture
    if pick < 0.04:
        return picture.quantize(int(rng.integers(8, 64)), Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).convert(
            "RGB"
        )
    if pick < 0.09:
        return _saved(picture, "WEBP", quality=int(rng.integers(20, 90)), method=0)
    if pick < 0.24 and kind != "file":
        return picture
    picture = _saved(picture, "JPEG", quality=int(rng.integers(30, 96)), subsampling=int(rng.choice([0, 2])))
    return _saved(picture, "JPEG", quality=int(rng.integers(40, 96))) if pick > 0.9 else picture


def _saved(picture: Image.Image, format_: str, **options: int) -> Image.Image:
    file = BytesIO()
    picture.save(file, format_, **options)
    return Image.open(file).convert("RGB")
