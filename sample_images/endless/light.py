"""Light on paper: shadows, glare, folds, wrinkles, and the bands that a screen shows."""

from __future__ import annotations

import numpy as np

from sample_images.endless.looks import log_uniform
from sample_images.endless.surroundings import smooth_field
from sample_images.endless.truth import Floats


def lit(image: Floats, rng: np.random.Generator) -> Floats:
    """Uneven light, shadows with edges, glare, the dark corners of a lens, and dim rooms."""
    height, width = image.shape[:2]
    light = 1 + rng.uniform(0.02, 0.3) * smooth_field(rng, height, width, (3, 3))
    y, x = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    if rng.random() < 0.35:
        for _ in range(int(rng.integers(1, 3))):
            angle = rng.uniform(0, 2 * np.pi)
            away = x * np.cos(angle) + y * np.sin(angle) + 0.1 * smooth_field(rng, height, width, (3, 3))
            depth = np.clip((away + rng.uniform(-1, 1)) / log_uniform(rng, 0.02, 0.8) + 0.5, 0, 1)
            light *= 1 - rng.uniform(0.1, 0.65) * depth
    if rng.random() < 0.15:
        far = (x - rng.uniform(-1, 1)) ** 2 + (y - rng.uniform(-1, 1)) ** 2
        light += rng.uniform(0.1, 1.2) * np.exp(-far / log_uniform(rng, 0.03, 0.6))
    if rng.random() < 0.2:
        light *= 1 - rng.uniform(0, 0.35) * ((x - rng.uniform(-2, 2)) ** 2 + (y - rng.uniform(-2, 2)) ** 2) / 8
    tint = 1 + rng.normal(0, 0.06, 3) * np.ones((1, 1, 3))
    if rng.random() < 0.3:
        # Two lamps of different colour.
        tint = tint + rng.normal(0, 0.12, 3) * smooth_field(rng, height, width, (2, 2))[..., None]
    shown = image * (light[..., None] * tint).astype(np.float32)
    if rng.random() < 0.45:
        # Exposure for a bright room leaves paper grey, and stray light leaves ink grey.
        shown = shown * np.float32(rng.uniform(0.4, 0.95)) + np.float32(rng.uniform(0, 60))
    return shown.astype(np.float32)


def creased(image: Floats, rng: np.random.Generator, px_per_mm: float) -> Floats:
    """Shade along folds, and the facets and ridges of crumpled paper."""
    height, width = image.shape[:2]
    light = np.ones((height, width), np.float32)
    if rng.random() < 0.6:
        for _ in range(int(rng.integers(1, 5))):
            away = _from_line(rng, height, width, square=rng.random() < 0.5) / (px_per_mm * log_uniform(rng, 0.2, 8))
            light += rng.normal(0, 0.12) * np.sign(away) * np.exp(-np.abs(away)) + rng.normal(0, 0.08) * np.exp(
                -(away**2)
            )
    if rng.random() < 0.45:
        strength = rng.uniform(0.02, 0.11)
        for _ in range(int(rng.integers(4, 14))):
            away = _from_line(rng, height, width, square=False) / px_per_mm
            # A fold ends somewhere: its strength runs out along a smooth field.
            part = np.clip(smooth_field(rng, height, width, (4, 4)) + 0.2, 0, 1)
            light += part * rng.normal(0, strength) * np.tanh(away / log_uniform(rng, 0.2, 4))
            if rng.random() < 0.5:
                light += part * rng.normal(0, 2 * strength) * np.exp(-((away / log_uniform(rng, 0.2, 1.5)) ** 2))
    if rng.random() < 0.25:
        cells = max(3, round(width / px_per_mm / log_uniform(rng, 3, 20)))
        light += rng.uniform(0.02, 0.15) * np.abs(smooth_field(rng, height, width, (cells, cells)))
    shaded: Floats = image * np.clip(light, 0.25, 1.6)[..., None].astype(np.float32)
    return shaded


def _from_line(rng: np.random.Generator, height: int, width: int, square: bool) -> Floats:
    """Return each pixel's signed distance from a random line; `square` lies along the picture's sides."""
    angle = rng.choice([0, np.pi / 2]) + rng.normal(0, 0.05) if square else rng.uniform(0, np.pi)
    y, x = np.ogrid[0:height, 0:width]
    away = (x - rng.uniform(0, width)) * np.cos(angle) + (y - rng.uniform(0, height)) * np.sin(angle)
    distance: Floats = away.astype(np.float32)
    return distance


def banded(image: Floats, rng: np.random.Generator) -> Floats:
    """Bands where the dots of a screen meet those of the sensor."""
    height, width = image.shape[:2]
    y, x = np.ogrid[0:height, 0:width]
    for _ in range(int(rng.integers(1, 4))):
        angle, period = rng.uniform(0, 2 * np.pi), log_uniform(rng, 2.2, 60)
        wave = np.sin(2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / period)
        image = image * (1 + rng.uniform(0.01, 0.12) * wave[..., None] * rng.uniform(0.3, 1, 3)).astype(np.float32)
    return image
