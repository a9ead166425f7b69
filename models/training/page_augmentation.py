"""Augmentation of pages before the stages: rotation, pen width, blur, JPEG, and the stages' own settings; never a flip.

The networks over pictures are trained on what the stages make of these pages, so that moving a control of the app
changes the prediction gradually.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import numpy as np
import scipy
from PIL import Image, ImageFilter

from models.data import StoredPage
from models.networks import scaled_pictures
from preprocessing.leads import LeadBox
from preprocessing.stages import StageSettings, stages_of


@dataclass(frozen=True)
class PageAugmentation:
    """How far pages are changed. Set by hand, by what photographs and scans of paper show.

    Attributes
    ----------
    rotation_deg, box_mm : float
        Standard deviations of the page's rotation, and of the edges of a lead's box.
    pen_share : float
        Probability of a pen that is wider, and of one that is thinner.
    blur_px, sigma_px, threshold_shift : float
        The highest blur of the page, and the range of the stages' settings; half of the views keep the defaults.
    jpeg_quality : tuple of int
        The lowest and the highest.
    """

    rotation_deg: float = 0.4
    box_mm: float = 0.6
    pen_share: float = 0.2
    blur_px: float = 1.2
    sigma_px: float = 3.0
    threshold_shift: float = 0.15
    jpeg_quality: tuple[int, int] = (30, 95)


def pictures_of(page: StoredPage, settings: StageSettings | None = None) -> np.ndarray:
    """Return a page's pictures as the networks take them, shape (16, 128, 250), uint8."""
    mode_l = {box: _mode_l(page.gray, box, settings) for box in page.boxes}
    return scaled_pictures(mode_l, page.px_per_s, page.px_per_mv)


def augmented_page(
    page: StoredPage, rng: np.random.Generator, config: PageAugmentation | None = None
) -> tuple[StoredPage, StageSettings]:
    """Return a page as it could also look, and settings of the stages to view it with."""
    config = config or PageAugmentation()
    picture = Image.fromarray(page.gray)
    paper = int(np.median(page.gray))
    picture = picture.rotate(rng.normal(0, config.rotation_deg), Image.Resampling.BILINEAR, fillcolor=paper)
    pen = rng.random()
    if pen < config.pen_share:
        picture = picture.filter(ImageFilter.MinFilter(3))
    elif pen < 2 * config.pen_share:
        wider = np.asarray(picture, np.float32)
        # Half of a maximum filter: a whole one would erase a thin trace.
        thinner = (wider + scipy.ndimage.maximum_filter(wider, 3)) / 2
        picture = Image.fromarray(thinner.astype(np.uint8))
    if rng.random() < 0.5:
        picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(0, config.blur_px)))
    if rng.random() < 0.5:
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=int(rng.integers(*config.jpeg_quality)))
        picture = Image.open(stream)
    px_per_mm = page.px_per_s / 25
    moved = tuple(_moved(box, config.box_mm * px_per_mm, rng) for box in page.boxes)
    settings = StageSettings()
    if rng.random() < 0.5:
        shift = rng.uniform(-config.threshold_shift, config.threshold_shift)
        settings = StageSettings(sigma=rng.uniform(0, config.sigma_px), threshold_shift=shift)
    return replace(page, gray=np.asarray(picture), boxes=moved), settings


def _moved(box: LeadBox, spread_px: float, rng: np.random.Generator) -> LeadBox:
    """Move a box's edges, all but the right one, which nothing depends on."""
    left, top, bottom = rng.normal(0, spread_px, 3)
    return replace(box, left=box.left + left, top=box.top + top, bottom=box.bottom + bottom)


def _mode_l(gray: np.ndarray, box: LeadBox, settings: StageSettings | None) -> np.ndarray:
    height, width = gray.shape
    left, right = (int(np.clip(round(edge), 0, width)) for edge in (box.left, box.right))
    top, bottom = (int(np.clip(round(edge), 0, height)) for edge in (box.top, box.bottom))
    crop = gray[top : max(bottom, top + 1), left : max(right, left + 1)]
    stages = {stage.key: stage.picture for stage in stages_of(crop.astype(np.float32) / 255, settings)}
    return stages["mode_l"]
