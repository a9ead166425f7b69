"""The preprocessing of the article, stage by stage: each stage is the input of the next.

The first two stages are of the page, all later ones of one lead. The stages are those of Atmakuri and others, "ECG
Classification using Deep Learning", International Journal for Research in Applied Science and Engineering Technology
12 (2024), doi 10.22214/ijraset.2024.59181.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import scipy
from PIL import Image

from preprocessing.leads import LeadBox
from preprocessing.page import Page, grayscale
from preprocessing.stages.otsu import otsu_curve
from preprocessing.stages.settings import StageSettings

PAGE_STAGES = ("upload", "grayscale")
LEAD_STAGES = ("segmentation", "smoothed", "otsu", "binary", "unsigned_byte", "mode_l", "resized")
STAGE_KEYS = (*PAGE_STAGES, *LEAD_STAGES)


@dataclass(frozen=True, eq=False)
class Stage:
    """One step from the upload to the network's input.

    Attributes
    ----------
    key, title : str
        Stable name and heading.
    picture : ndarray
        uint8 RGB for the upload, float32 in [0, 1] for grey stages, bool for Otsu's mask (True is background),
        uint8 from the unsigned byte on.
    parameters : dict
        Settings and results of the step, by name.
    sentence : str
        What the step does, for a first-time reader.
    """

    key: str
    title: str
    picture: np.ndarray
    parameters: dict[str, float | int | str] = field(default_factory=dict)
    sentence: str = ""


def page_stages(page: Page) -> tuple[Stage, Stage]:
    """Return the two stages that all leads of a page share.

    Examples
    --------
    >>> import numpy as np
    >>> white = Page(np.full((30, 40, 3), 255, dtype=np.uint8), 5.0, 5.0, "grid")
    >>> [stage.picture.shape for stage in page_stages(white)]
    [(30, 40, 3), (30, 40)]
    """
    rows, columns = page.rgb.shape[:2]
    return (
        Stage(
            "upload",
            "Upload",
            page.rgb,
            {"width_px": columns, "height_px": rows},
            "The uploaded image, turned upright, laid flat and evenly lit where that was needed.",
        ),
        Stage(
            "grayscale",
            "Grayscale",
            page.gray,
            {"weights": "0.2125 R + 0.7154 G + 0.0721 B"},
            "Luminance: a weighted sum of red, green and blue gives one grey level per pixel.",
        ),
    )


def stages_of(gray: np.ndarray, settings: StageSettings | None = None) -> tuple[Stage, ...]:
    """Take one lead through its stages.

    Parameters
    ----------
    gray : ndarray, shape (rows, columns), float32 in [0, 1]
        The lead as cut from the grey page.
    settings : StageSettings, optional
        By default the article's.

    Returns
    -------
    tuple of Stage
        One for each of `LEAD_STAGES`, in that order.

    Examples
    --------
    >>> import numpy as np
    >>> white = np.ones((30, 40), dtype=np.float32)
    >>> [stage.picture.shape for stage in stages_of(white)][-2:]
    [(30, 40), (150, 150)]
    """
    settings = settings or StageSettings()
    rows, columns = gray.shape
    smoothed = scipy.ndimage.gaussian_filter(gray, settings.sigma) if settings.sigma > 0 else gray.copy()
    optimum = otsu_curve(smoothed).threshold
    cut = float(np.clip(optimum + settings.threshold_shift, 0.0, 1.0))
    mask = smoothed > cut
    binary = mask.astype(np.float32)
    unsigned_byte = np.asarray(binary * 255, np.uint8)
    pillow = Image.fromarray(unsigned_byte)
    size = settings.size_px
    resized = np.asarray(pillow.resize((size, size), Image.Resampling.BILINEAR))
    return (
        Stage(
            "segmentation",
            "Segmentation into leads",
            gray,
            {"width_px": columns, "height_px": rows},
            "The rows and columns of leads are found on the page, and each lead is cut out of the grey image.",
        ),
        Stage(
            "smoothed",
            "Gaussian smoothing",
            smoothed,
            {"sigma_px": settings.sigma},
            "A Gaussian filter averages each pixel with its neighbours. Grid dots fade more than the trace.",
        ),
        Stage(
            "otsu",
            "Otsu's threshold",
            mask,
            {"optimum": optimum, "offset": settings.threshold_shift, "threshold": cut},
            "Otsu's method picks the grey level with the largest variance between ink and background.",
        ),
        Stage(
            "binary",
            "Binary",
            binary,
            {"ink_share": float(1 - binary.mean())},
            "Every pixel is either background (1) or ink (0).",
        ),
        Stage(
            "unsigned_byte",
            "Unsigned byte",
            unsigned_byte,
            {"dtype": "uint8", "background": 255, "ink": 0},
            "The same image as 8-bit integers, 0 to 255, as image files store it.",
        ),
        Stage(
            "mode_l",
            "Pillow image, mode 'L'",
            np.asarray(pillow),
            {"mode": pillow.mode, "width_px": pillow.width, "height_px": pillow.height},
            "The array becomes a Pillow image with one 8-bit channel.",
        ),
        Stage(
            "resized",
            "Resized",
            resized,
            {"width_px": size, "height_px": size, "filter": "bilinear"},
            "The lead is resized to the square input of the article's networks. The aspect ratio is lost here.",
        ),
    )


def crop_of(page: Page, box: LeadBox) -> np.ndarray:
    """Cut a lead from the page, clipped to the page's borders.

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
    """Return the stages of one lead of a page, from segmentation on.

    A grey pixel depends on no other, so the crop alone is converted: the values are those of the grey page.
    """
    return stages_of(grayscale(crop_of(page, box)), settings)


def lead_picture(stages: tuple[Stage, ...]) -> np.ndarray:
    """Return the input of the article's networks: shape (size, size), uint8, 0 is ink and 255 background."""
    return stages[-1].picture
