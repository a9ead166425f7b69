"""Preprocessing faults: one lead taken through the stages with and without a fault, and how its ink changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy
from PIL import Image

from preprocessing.stages import Stage, StageSettings, stages_of


@dataclass(frozen=True)
class Fault:
    """One fault: its slider, and what it does to the lead and to the settings.

    `low`, `high`, `step` and `start` are those of the slider, in the unit that its label names.
    """

    title: str
    slider: str
    low: float
    high: float
    step: float
    start: float
    lead: Callable[[np.ndarray, float], np.ndarray]
    settings: Callable[[float], StageSettings]


@dataclass(frozen=True, eq=False)
class FaultEffect:
    """The stages of a lead with and without a fault.

    Attributes
    ----------
    reference, faulty : tuple of Stage
        The stages of each from segmentation on.
    ink_found : float
        The share of the reference ink that is still found.
    false_ink : float
        The share of the ink found that is no ink in the reference.
    """

    reference: tuple[Stage, ...]
    faulty: tuple[Stage, ...]
    ink_found: float
    false_ink: float


def effect_of(gray: np.ndarray, name: str, amount: float) -> FaultEffect:
    """Take a lead through the stages with and without a fault.

    Parameters
    ----------
    gray : ndarray, shape (rows, columns), float32 in [0, 1]
        The lead as segmented.
    name : str
        One of `FAULTS`.
    amount : float
        The value of its slider.
    """
    fault = FAULTS[name]
    reference = stages_of(gray)
    faulty = stages_of(fault.lead(gray, amount), fault.settings(amount))
    before, after = _ink(reference), _ink(faulty)
    shared = float((before & after).sum())
    return FaultEffect(reference, faulty, shared / max(before.sum(), 1), 1 - shared / max(after.sum(), 1))


def _ink(stages: tuple[Stage, ...]) -> np.ndarray:
    background = next(stage.picture for stage in stages if stage.key == "otsu")
    return np.asarray(~background)


def _unchanged(gray: np.ndarray, amount: float) -> np.ndarray:
    return gray


def _blurred(gray: np.ndarray, amount: float) -> np.ndarray:
    return np.asarray(scipy.ndimage.gaussian_filter(gray, amount)) if amount > 0 else gray


def _downsampled(gray: np.ndarray, amount: float) -> np.ndarray:
    """Reduce `amount` by `amount` pixels to one, and enlarge the image to its old size."""
    image = Image.fromarray(gray)
    small = (max(1, round(image.width / amount)), max(1, round(image.height / amount)))
    return np.asarray(image.resize(small, Image.Resampling.BOX).resize(image.size, Image.Resampling.BILINEAR))


def _shaded(gray: np.ndarray, amount: float) -> np.ndarray:
    """Darken the right half by a share, with a soft edge."""
    across = np.linspace(-6, 6, gray.shape[1])
    light = 1 - amount / (1 + np.exp(-3 * across))
    return np.asarray(gray * light, np.float32)


def _standard(amount: float) -> StageSettings:
    return StageSettings()


FAULTS: dict[str, Fault] = {
    "sigma": Fault(
        "Sigma too large", "Sigma (px)", 1.0, 6.0, 0.5, 4.0, _unchanged, lambda amount: StageSettings(sigma=amount)
    ),
    "threshold": Fault(
        "Threshold off", "Offset from Otsu's threshold (grey level)", -0.3, 0.3, 0.02, 0.2, _unchanged,
        lambda amount: StageSettings(threshold_shift=amount),
    ),
    "blur": Fault("Out of focus", "Blur (px)", 0.0, 6.0, 0.5, 3.0, _blurred, _standard),
    "resolution": Fault(
        "Low resolution", "Downsampling factor", 1.0, 8.0, 0.5, 4.0, _downsampled, _standard
    ),
    "light": Fault("Shadow", "Darkness (share of light lost)", 0.0, 0.9, 0.05, 0.6, _shaded, _standard),
}  # fmt: skip
