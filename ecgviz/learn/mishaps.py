"""What goes wrong on purpose: one lead taken through the stages badly, and how much of its ink survives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy
from PIL import Image

from preprocessing.stages import Stage, StageSettings, stages_of


@dataclass(frozen=True)
class Mishap:
    """One way of doing it wrong: its slider, and what the crop and the settings become.

    `low`, `high`, `step` and `start` are the slider's, in `unit`.
    """

    title: str
    slider: str
    low: float
    high: float
    step: float
    start: float
    crop: Callable[[np.ndarray, float], np.ndarray]
    settings: Callable[[float], StageSettings]


@dataclass(frozen=True, eq=False)
class Damage:
    """A lead done well and badly.

    Attributes
    ----------
    good, bad : tuple of Stage
        All stages of each.
    kept : float
        The share of the ink found with the paper's values that is still found.
    strange : float
        The share of what is now called ink that is no ink with the paper's values.
    """

    good: tuple[Stage, ...]
    bad: tuple[Stage, ...]
    kept: float
    strange: float


def damage(crop_rgb: np.ndarray, name: str, amount: float) -> Damage:
    """Take a lead through the stages well and badly.

    Parameters
    ----------
    crop_rgb : ndarray, shape (rows, columns, 3), uint8
    name : str
        One of `MISHAPS`.
    amount : float
        What its slider says.
    """
    mishap = MISHAPS[name]
    good, bad = stages_of(crop_rgb), stages_of(mishap.crop(crop_rgb, amount), mishap.settings(amount))
    was, now = (_ink(stages) for stages in (good, bad))
    both = float((was & now).sum())
    return Damage(good, bad, both / max(was.sum(), 1), 1 - both / max(now.sum(), 1))


def _ink(stages: tuple[Stage, ...]) -> np.ndarray:
    return ~next(stage.picture for stage in stages if stage.key == "otsu")


def _as_it_is(crop_rgb: np.ndarray, amount: float) -> np.ndarray:
    return crop_rgb


def _out_of_focus(crop_rgb: np.ndarray, amount: float) -> np.ndarray:
    return scipy.ndimage.gaussian_filter(crop_rgb, (amount, amount, 0)) if amount > 0 else crop_rgb


def _few_pixels(crop_rgb: np.ndarray, amount: float) -> np.ndarray:
    """Keep one pixel of `amount` by `amount`, and stretch the picture to its old size."""
    picture = Image.fromarray(crop_rgb)
    small = (max(1, round(picture.width / amount)), max(1, round(picture.height / amount)))
    return np.asarray(picture.resize(small, Image.Resampling.BOX).resize(picture.size, Image.Resampling.BILINEAR))


def _in_shadow(crop_rgb: np.ndarray, amount: float) -> np.ndarray:
    """Darken the right half by a share, softly at its edge."""
    across = np.linspace(-6, 6, crop_rgb.shape[1])
    light = 1 - amount / (1 + np.exp(-3 * across))
    return np.rint(crop_rgb * light[None, :, None]).astype(np.uint8)


def _papers(amount: float) -> StageSettings:
    return StageSettings()


MISHAPS: dict[str, Mishap] = {
    "sigma": Mishap(
        "Sigma too large", "Sigma, in pixels of the page", 1.0, 6.0, 0.5, 4.0, _as_it_is,
        lambda amount: StageSettings(sigma=amount),
    ),
    "threshold": Mishap(
        "Threshold off its optimum", "Shift of the threshold, in grey", -0.3, 0.3, 0.02, 0.2, _as_it_is,
        lambda amount: StageSettings(threshold_shift=amount),
    ),
    "blur": Mishap(
        "Out of focus", "Blur of the picture, in its pixels", 0.0, 6.0, 0.5, 3.0, _out_of_focus, _papers
    ),
    "resolution": Mishap(
        "Too few pixels", "Pixels melted into one, each way", 1.0, 8.0, 0.5, 4.0, _few_pixels, _papers
    ),
    "light": Mishap("A shadow", "Darkness of the shadow, as a share", 0.0, 0.9, 0.05, 0.6, _in_shadow, _papers),
}  # fmt: skip
