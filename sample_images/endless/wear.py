"""What light, lens, sensor and file do to a picture; the labels stay as drawn."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image, ImageFilter

from sample_images.endless.looks import chosen, log_uniform
from sample_images.endless.surroundings import smooth_field
from sample_images.endless.truth import Floats, Pixels

KINDS = {"file": 0.14, "scan": 0.3, "photo": 0.33, "bits": 0.09, "fax": 0.04, "screen": 0.05, "harsh": 0.05}


def worn(picture: Image.Image, rng: np.random.Generator, px_per_mm: float, kind: str) -> Image.Image:
    """Return the picture as a kind of `KINDS` leaves it; `px_per_mm` is the resolution of the capture."""
    image = np.asarray(picture).astype(np.float32)
    if kind in ("photo", "screen", "harsh"):
        image = _lit(image, rng)
    if kind in ("photo", "harsh") and rng.random() < 0.5:
        image = _creased(image, rng, px_per_mm)
    if kind in ("scan", "bits", "harsh") and rng.random() < 0.5:
        image = _scanned(image, rng)
    if kind == "screen" or rng.random() < 0.02:
        image = _moire(image, rng)
    if kind != "file":
        image = _toned(image, rng)
    picture = _blurred(Image.fromarray(np.clip(image, 0, 255).astype(np.uint8)), rng, kind)
    image = np.asarray(picture).astype(np.float32)
    if kind in ("scan", "photo", "harsh", "bits") and rng.random() < 0.8:
        image = _noisy(image, rng, kind)
    if kind in ("scan", "bits", "fax") and rng.random() < 0.4:
        image = _dusty(image, rng)
    if kind in ("bits", "fax"):
        image = _two_levels(image, rng)
    elif rng.random() < 0.15:
        image = np.repeat(image.mean(axis=2, keepdims=True), 3, axis=2)
    done = Image.fromarray(np.clip(image, 0, 255).astype(np.uint8))
    return _compressed(done, rng) if kind not in ("bits", "fax") or rng.random() < 0.3 else done


def _lit(image: Floats, rng: np.random.Generator) -> Floats:
    """Uneven light, shadows with edges, glare and the dark corners of a lens."""
    height, width = image.shape[:2]
    light = 1 + rng.uniform(0.02, 0.3) * smooth_field(rng, height, width, (3, 3))
    y, x = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    if rng.random() < 0.35:
        for _ in range(int(rng.integers(1, 3))):
            angle = rng.uniform(0, 2 * np.pi)
            edge = (
                x * np.cos(angle)
                + y * np.sin(angle)
                + 0.1 * smooth_field(rng, height, width, (3, 3))
                + rng.uniform(-1, 1)
            )
            light *= 1 - rng.uniform(0.1, 0.65) * np.clip(edge / log_uniform(rng, 0.02, 0.8) + 0.5, 0, 1)
    if rng.random() < 0.15:
        far = (x - rng.uniform(-1, 1)) ** 2 + (y - rng.uniform(-1, 1)) ** 2
        light += rng.uniform(0.1, 1.2) * np.exp(-far / log_uniform(rng, 0.03, 0.6))
    if rng.random() < 0.2:
        light *= 1 - rng.uniform(0, 0.35) * ((x - rng.uniform(-2, 2)) ** 2 + (y - rng.uniform(-2, 2)) ** 2) / 8
    tint = 1 + rng.normal(0, 0.06, 3)
    lit: Floats = (image * light[..., None] * tint).astype(np.float32)
    if rng.random() < 0.25:
        lit = lit * rng.uniform(0.45, 0.9) + rng.uniform(0, 60)
    return lit


def _creased(image: Floats, rng: np.random.Generator, px_per_mm: float) -> Floats:
    """Shade along folds, and the facets of crumpled paper."""
    height, width = image.shape[:2]
    light = np.ones((height, width), np.float32)
    y, x = np.ogrid[0:height, 0:width]
    if rng.random() < 0.6:
        for _ in range(int(rng.integers(1, 5))):
            angle = rng.choice([0, np.pi / 2]) + rng.normal(0, 0.05) if rng.random() < 0.5 else rng.uniform(0, np.pi)
            away = (x - rng.uniform(0, width)) * np.cos(angle) + (y - rng.uniform(0, height)) * np.sin(angle)
            away = away / (px_per_mm * log_uniform(rng, 0.2, 8))
            light += rng.normal(0, 0.12) * np.sign(away) * np.exp(-np.abs(away)) + rng.normal(0, 0.08) * np.exp(
                -(away**2)
            )
    if rng.random() < 0.5:
        cells = max(3, round(width / px_per_mm / log_uniform(rng, 3, 20)))
        ridges = np.abs(smooth_field(rng, height, width, (cells, cells))) - 0.5
        light += rng.uniform(0.05, 0.3) * ridges + rng.uniform(0, 0.2) * smooth_field(
            rng, height, width, (cells, cells)
        )
    creased: Floats = image * light[..., None]
    return creased


def _scanned(image: Floats, rng: np.random.Generator) -> Floats:
    """Streaks of a dirty scanner glass and uneven rows of its sensor."""
    height, width = image.shape[:2]
    if rng.random() < 0.5:
        image = image * (1 + rng.normal(0, rng.uniform(0.002, 0.03), (1, width, 1)).astype(np.float32))
    for _ in range(int(rng.integers(0, 4))):
        at = int(rng.integers(width))
        image[:, at : at + int(rng.integers(1, 3))] *= rng.uniform(0.6, 1.3)
    return image


def _moire(image: Floats, rng: np.random.Generator) -> Floats:
    """Bands where the dots of a screen meet those of the sensor."""
    height, width = image.shape[:2]
    y, x = np.ogrid[0:height, 0:width]
    for _ in range(int(rng.integers(1, 4))):
        angle, period = rng.uniform(0, 2 * np.pi), log_uniform(rng, 2.2, 60)
        wave = np.sin(2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / period)
        image = image * (1 + rng.uniform(0.01, 0.12) * wave[..., None] * rng.uniform(0.3, 1, 3)).astype(np.float32)
    return image


def _toned(image: Floats, rng: np.random.Generator) -> Floats:
    """Gamma, contrast and a cast of colour."""
    if rng.random() < 0.4:
        image = 255 * (np.clip(image, 0, 255) / 255) ** np.float32(log_uniform(rng, 0.6, 1.7))
    if rng.random() < 0.4:
        image = (image - 255) * np.float32(rng.uniform(0.55, 1.25)) + 255 - np.float32(rng.uniform(0, 25))
    if rng.random() < 0.3:
        image = image * (1 + rng.normal(0, 0.05, 3)).astype(np.float32)
    return image


def _blurred(picture: Image.Image, rng: np.random.Generator, kind: str) -> Image.Image:
    """Defocus, motion or sharpening, in pixels of the capture."""
    pick = rng.random()
    if kind == "file":
        return picture
    if pick < 0.5 or kind == "harsh":
        picture = picture.filter(ImageFilter.GaussianBlur(log_uniform(rng, 0.3, 2.2 if kind == "harsh" else 1.3)))
    elif pick < 0.6:
        kernel = np.zeros((5, 5))
        dx, dy = rng.normal(size=2)
        for at in np.linspace(-1, 1, 15):
            kernel[round(2 + 1.9 * at * dy / np.hypot(dx, dy)), round(2 + 1.9 * at * dx / np.hypot(dx, dy))] += 1
        picture = picture.filter(ImageFilter.Kernel((5, 5), kernel.ravel().tolist(), kernel.sum()))
    if rng.random() < 0.15:
        picture = picture.filter(ImageFilter.UnsharpMask(rng.uniform(0.6, 2.5), int(rng.integers(40, 220)), 0))
    return picture


def _noisy(image: Floats, rng: np.random.Generator, kind: str) -> Floats:
    height, width = image.shape[:2]
    level = log_uniform(rng, 0.8, 25 if kind == "harsh" else 12)
    if rng.random() < 0.4:
        grain = rng.standard_normal((height, width, 1), dtype=np.float32)
    else:
        grain = rng.standard_normal((height, width, 3), dtype=np.float32)
    return image + np.float32(level) * grain


def _dusty(image: Floats, rng: np.random.Generator) -> Floats:
    height, width = image.shape[:2]
    for _ in range(int(rng.integers(1, 60))):
        y, x, size = int(rng.integers(height)), int(rng.integers(width)), int(rng.integers(1, 4))
        image[y : y + size, x : x + size] = rng.choice([0, 40, 128, 255])
    return image


def _two_levels(image: Floats, rng: np.random.Generator) -> Floats:
    """A scan in black and white: one threshold, or dots as a fax makes them."""
    grey = image.mean(axis=2)
    paper = np.percentile(grey, 90)
    if rng.random() < 0.25:
        dots = np.asarray(Image.fromarray(np.clip(grey * 255 / max(paper, 1), 0, 255).astype(np.uint8)).convert("1"))
        two: Pixels = np.where(dots, 255, 0).astype(np.uint8)
    else:
        two = np.where(grey > paper * rng.uniform(0.45, 0.96), 255, 0).astype(np.uint8)
    return np.repeat(two[..., None], 3, axis=2).astype(np.float32)


def _compressed(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    if rng.random() < 0.2:
        return picture
    file = BytesIO()
    picture.save(file, "JPEG", quality=int(rng.integers(30, 96)), subsampling=int(rng.choice([0, 2])))
    return Image.open(file).convert("RGB")


def random_wear(rng: np.random.Generator) -> str:
    """Return one of `KINDS`."""
    return chosen(rng, KINDS)
