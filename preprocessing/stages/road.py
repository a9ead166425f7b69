"""The paper's preprocessing of one lead, stage by stage: what a stage shows is what the next one gets."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import scipy
from PIL import Image

from preprocessing.leads import LeadBox
from preprocessing.page import Page, gray_of
from preprocessing.stages.otsu import otsu_curve
from preprocessing.stages.settings import StageSettings

STAGE_KEYS = (
    "crop",
    "grayscale",
    "smoothed",
    "otsu",
    "binary",
    "unsigned_byte",
    "mode_l",
    "resized",
)


@dataclass(frozen=True)
class Stage:
    """One step of the road from crop to network input.

    Attributes
    ----------
    key, title : str
        Stable name and heading.
    picture : ndarray
        uint8 RGB for the crop, float32 in [0, 1] for grey stages, bool for Otsu's mask (True is paper),
        uint8 from the unsigned byte on.
    parameters : dict
        What the step was told and what it found, by name.
    sentence : str
        What the step does, for somebody who sees it for the first time.
    """

    key: str
    title: str
    picture: np.ndarray
    parameters: dict[str, float | int | str] = field(default_factory=dict)
    sentence: str = ""


def stages_of(crop_rgb: np.ndarray, settings: StageSettings | None = None) -> tuple[Stage, ...]:
    """Take one lead through the paper's stages.

    Parameters
    ----------
    crop_rgb : ndarray, shape (rows, columns, 3), uint8
        The lead as cut from the page.
    settings : StageSettings, optional
        The paper's values when left out.

    Returns
    -------
    tuple of Stage
        One for each of `STAGE_KEYS`, in that order.
    """
    settings = settings or StageSettings()
    rows, columns = crop_rgb.shape[:2]
    gray = gray_of(crop_rgb)
    smoothed = scipy.ndimage.gaussian_filter(gray, settings.sigma) if settings.sigma > 0 else gray.copy()
    optimum = otsu_curve(smoothed).threshold
    cut = float(np.clip(optimum + settings.threshold_shift, 0.0, 1.0))
    mask = smoothed > cut
    binary = mask.astype(np.float32)
    unsigned_byte = np.where(mask, np.uint8(255), np.uint8(0))
    pillow = Image.fromarray(unsigned_byte)
    size = settings.size_px
    resized = np.asarray(pillow.resize((size, size), Image.Resampling.BILINEAR))
    return (
        Stage(
            "crop",
            "Lead cut from the page",
            crop_rgb.copy(),
            {"width_px": columns, "height_px": rows},
            "One lead's share of the page, in the colours of the file.",
        ),
        Stage(
            "grayscale",
            "Grayscale",
            gray,
            {"weights": "0.2125 R + 0.7154 G + 0.0721 B"},
            "Red, green and blue are weighted as the eye sees them, which leaves one grey value a pixel.",
        ),
        Stage(
            "smoothed",
            "Gaussian smoothing",
            smoothed,
            {"sigma_px": settings.sigma},
            "Each pixel becomes a weighted mean of its neighbours, so that grid dots fade more than the trace.",
        ),
        Stage(
            "otsu",
            "Otsu's threshold",
            mask,
            {"optimum": optimum, "shift": settings.threshold_shift, "threshold": cut},
            "Otsu's method finds the grey value that parts ink from paper with the largest variance between the two.",
        ),
        Stage(
            "binary",
            "Binary",
            binary,
            {"ink_share": float(1 - binary.mean())},
            "Every pixel is now either paper (1) or ink (0).",
        ),
        Stage(
            "unsigned_byte",
            "Unsigned byte",
            unsigned_byte,
            {"dtype": "uint8", "paper": 255, "ink": 0},
            "The same picture as whole numbers from 0 to 255, as image files hold them.",
        ),
        Stage(
            "mode_l",
            "Pillow image, mode 'L'",
            np.array(pillow),
            {"mode": pillow.mode, "width_px": pillow.width, "height_px": pillow.height},
            "The array is wrapped as a Pillow image of one 8-bit channel.",
        ),
        Stage(
            "resized",
            "Resized for the network",
            resized,
            {"width_px": size, "height_px": size, "filter": "bilinear"},
            "The lead is squeezed to the square that a network takes in; its proportions are lost here.",
        ),
    )


def crop_of(page: Page, box: LeadBox) -> np.ndarray:
    """Cut a lead from the page, kept inside the page's borders.

    Returns
    -------
    ndarray, shape (rows, columns, 3), uint8
        A copy.
    """
    height, width = page.rgb.shape[:2]
    left, right = sorted((round(box.left), round(box.right)))
    top, bottom = sorted((round(box.top), round(box.bottom)))
    left, top = max(0, min(left, width - 1)), max(0, min(top, height - 1))
    return page.rgb[top : max(bottom, top + 1), left : max(right, left + 1)].copy()


def lead_stages(page: Page, box: LeadBox, settings: StageSettings | None = None) -> tuple[Stage, ...]:
    """Cut a lead from the page and take it through the stages."""
    return stages_of(crop_of(page, box), settings)


def lead_image(stages: tuple[Stage, ...]) -> np.ndarray:
    """Return what a network gets: shape (size, size), uint8, 0 ink and 255 paper."""
    return stages[-1].picture
