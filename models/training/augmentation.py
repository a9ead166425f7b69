"""Augmentation of reports: gain, rate, baseline wander, noise, gaps and lost leads; never a flip.

Mirrored in time or voltage an ECG means something else.
"""

from __future__ import annotations

import numpy as np

from models.networks import HIGHEST_MV, QUARTERS, RATE_HZ, ROW_SAMPLES, STRIP_SAMPLES
from preprocessing.lead_id import LEADS

GAIN, LEAD_GAIN = 0.12, 0.05  # standard deviations of the logarithm
STRETCH = 0.04
SHIFT_SAMPLES = 12.0
WANDER_MV, NOISE_MV, OFFSET_MV = 0.06, 0.02, 0.02
GAP_SHARE, LEAD_LOSS_SHARE, STRIP_LOSS_SHARE = 0.3, 0.04, 0.1


def augmented(rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return each report of a batch as another recording of it could look.

    Parameters
    ----------
    rows : ndarray, shape (n, 16, 250, 2), float32
        As `lead_rows` gives them.
    rng : Generator

    Returns
    -------
    ndarray
        New, of the same shape and meaning.
    """
    reports, leads, samples, _ = rows.shape
    mv, read = np.empty(rows.shape[:3]), np.empty(rows.shape[:3])
    for report in range(reports):
        mv[report], read[report] = _paced(rows[report], np.exp(rng.normal(0, STRETCH)), rng)
    mv *= np.exp(rng.normal(0, GAIN, (reports, 1, 1))) * np.exp(rng.normal(0, LEAD_GAIN, (reports, leads, 1)))
    times_s = np.arange(samples) / RATE_HZ
    slow_hz, phase = rng.uniform(0.1, 0.6, (reports, leads, 1)), rng.uniform(0, 2 * np.pi, (reports, leads, 1))
    mv += rng.uniform(0, WANDER_MV, (reports, leads, 1)) * np.sin(2 * np.pi * slow_hz * times_s + phase)
    mv += rng.uniform(0, NOISE_MV, (reports, 1, 1)) * rng.normal(0, 1, mv.shape)
    mv += rng.normal(0, OFFSET_MV, (reports, leads, 1))
    _lose(read, rng)
    return np.stack([np.clip(mv * read, -HIGHEST_MV, HIGHEST_MV), read], axis=-1).astype(np.float32)


def _paced(rows: np.ndarray, stretch: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Stretch and shift one report in time; the strip as a whole, to keep its rhythm."""
    shift = rng.uniform(-SHIFT_SAMPLES, SHIFT_SAMPLES)
    leads = rows[: len(LEADS)]
    strip = rows[len(LEADS) :].reshape(1, STRIP_SAMPLES, 2)
    moved = [_moved(part, stretch, shift) for part in (leads, strip)]
    mv, read = (np.concatenate([moved[0][kind], moved[1][kind].reshape(QUARTERS, ROW_SAMPLES)]) for kind in (0, 1))
    return mv, read


def _moved(rows: np.ndarray, stretch: float, shift: float) -> tuple[np.ndarray, np.ndarray]:
    samples = rows.shape[1]
    middle = samples / 2
    at = (np.arange(samples) - middle) * stretch + middle + shift
    inside = (at >= 0) & (at <= samples - 1)
    first = np.clip(np.floor(at).astype(int), 0, samples - 2)
    part = np.clip(at - first, 0, 1)
    mv = rows[:, first, 0] * (1 - part) + rows[:, first + 1, 0] * part
    # A sample interpolated from one that was not read counts as not read.
    read = rows[:, first, 1] * rows[:, first + 1, 1] * inside
    return mv, read


def _lose(read: np.ndarray, rng: np.random.Generator) -> None:
    """Mark gaps, leads and strips as not read, in place."""
    reports, leads, samples = read.shape
    for report in np.flatnonzero(rng.random(reports) < GAP_SHARE):
        start = rng.integers(samples)
        read[report, rng.integers(leads), start : start + rng.integers(5, 40)] = 0
    read[:, : len(LEADS)][rng.random((reports, len(LEADS))) < LEAD_LOSS_SHARE] = 0
    read[rng.random(reports) < STRIP_LOSS_SHARE, len(LEADS) :] = 0


def mixed(
    rows: np.ndarray, targets: np.ndarray, alpha: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Blend each report of a batch and its targets with another: mixup, with shares from Beta(alpha, alpha)."""
    share = rng.beta(alpha, alpha, len(rows)).astype(np.float32)
    other = rng.permutation(len(rows))
    across = share[:, None, None, None]
    return (
        across * rows + (1 - across) * rows[other],
        share[:, None] * targets + (1 - share[:, None]) * targets[other],
    )
