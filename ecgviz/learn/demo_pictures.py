"""The pictures of the demonstration: of each step as it is, and as it goes wrong."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PIL import Image, ImageDraw

from ecgviz.drawing import CLASS_COLOURS, found_on_page, pictures
from ecgviz.predictions import PicturePrediction
from ecgviz.study import Study, kept_edges, masked_page, masked_picture, restage
from preprocessing.stages import LEAD_STAGES, StageSettings

# Of the filmstrip, and of the large picture at most.
THUMB_PX, LARGE_PX = (176, 92), (1200, 680)
# The height of a picture that has a chart below it.
LOW_PX = 350
FAULTY_SIGMA, FAULTY_SHIFT = 6.0, 0.25
_STAGE = {"smoothed": "smoothed", "otsu": "otsu", "binary": "mode_l", "resized": "resized"}
_FAULTY = {
    "smoothed": StageSettings(sigma=FAULTY_SIGMA),
    "otsu": StageSettings(threshold_shift=FAULTY_SHIFT),
    "binary": StageSettings(threshold_shift=-FAULTY_SHIFT),
}
_WHOLE_PAGE = ("upload", "grayscale", "segmentation")


def picture(study: Study, key: str, lead: str, hidden: bool) -> np.ndarray:
    """Return the large picture of a step that has one.

    Parameters
    ----------
    study : Study
        With the settings of the stages that are to be shown.
    key : str
        A step up to ``resized``.
    lead : str
        `LeadBox.key`.
    hidden : bool
        Whether header and margins are masked.
    """
    if key == "upload":
        return masked_picture(study) if hidden else study.image.rgb
    if key == "grayscale":
        return _masked(study, pictures.as_rgb(study.page.gray), hidden)
    if key == "segmentation":
        return found_on_page(_masked(study, study.page.rgb, hidden), study.layout, lead)
    return _stage(study, lead, _STAGE[key])


def faulty_picture(study: Study, key: str, lead: str, hidden: bool) -> np.ndarray:
    """Return the picture of a step as it goes wrong."""
    if key == "upload":
        return shaded(picture(study, key, lead, hidden))
    if key == "grayscale":
        return _masked(study, pictures.as_rgb(study.page.rgb[..., 2]), hidden)
    if key == "segmentation":
        rows = study.layout.boxes_by_row
        down = (rows[0][0].bottom - rows[0][0].top) / 2
        low = tuple(replace(box, top=box.top + down, bottom=box.bottom + down) for box in study.layout.boxes)
        layout = replace(study.layout, boxes=low, evidence=None)
        return found_on_page(_masked(study, study.page.rgb, hidden), layout, lead)
    if key == "resized":
        strips = [box.key for box in study.layout.boxes if box.is_strip]
        longest = max(study.layout.boxes, key=lambda box: box.right - box.left).key
        return _stage(study, strips[0] if strips else longest, "resized")
    return _stage(restage(study, _FAULTY[key]), lead, _STAGE[key])


def shaded(rgb: np.ndarray) -> np.ndarray:
    """Return a picture with a shadow over its right half; shape and type stay."""
    across = np.linspace(-6, 6, rgb.shape[1], dtype=np.float32)
    light = 1 - 0.6 / (1 + np.exp(-3 * across))
    return np.rint(rgb * light[None, :, None]).astype(np.uint8)


def large(shown: np.ndarray, height_px: int = LARGE_PX[1]) -> tuple[np.ndarray, int]:
    """Return a picture and the width in pixels at which it fits the screen; a small one is enlarged sharply."""
    height, width = shown.shape[:2]
    scale = min(LARGE_PX[0] / width, height_px / height)
    if scale >= 2:
        times = int(scale)
        shown = np.repeat(np.repeat(shown, times, axis=0), times, axis=1)
    return shown, max(1, int(width * scale))


def thumbnail(shown: np.ndarray) -> np.ndarray:
    """Return a picture fitted into the filmstrip's frame, on white; shape (92, 176, 3), uint8."""
    frame = Image.new("RGB", THUMB_PX, "white")
    image = Image.fromarray(pictures.as_rgb(shown))
    image.thumbnail(THUMB_PX, Image.Resampling.BOX)
    frame.paste(image, ((THUMB_PX[0] - image.width) // 2, (THUMB_PX[1] - image.height) // 2))
    return np.asarray(frame)


def bars_thumbnail(predicted: PicturePrediction, key: str) -> np.ndarray:
    """Draw the probabilities of every lead, or of the report, as bars for the filmstrip."""
    rows = list(predicted.leads.values()) if key == "leads" else [predicted.verdict.probabilities]
    frame = Image.new("RGB", THUMB_PX, "white")
    draw = ImageDraw.Draw(frame)
    left, top, width, height = 12, 8, THUMB_PX[0] - 24, THUMB_PX[1] - 16
    if key == "leads":
        pitch = height / max(1, len(rows))
        for number, shares in enumerate(rows):
            ends = np.concatenate([[0.0], np.cumsum(shares)]) * width + left
            for start, stop, colour in zip(ends, ends[1:], CLASS_COLOURS.values(), strict=False):
                draw.rectangle((start, top + number * pitch, stop, top + (number + 0.7) * pitch), colour)
        return np.asarray(frame)
    pitch = height / len(CLASS_COLOURS)
    for number, (share, colour) in enumerate(zip(rows[0], CLASS_COLOURS.values(), strict=True)):
        draw.rectangle(
            (left, top + number * pitch, left + max(1.0, share * width), top + (number + 0.75) * pitch), colour
        )
    return np.asarray(frame)


def alt_of(key: str, title: str, lead: str) -> str:
    """Describe a picture to somebody who does not see it."""
    return f"The whole page: {title}" if key in _WHOLE_PAGE else f"Lead {lead}: {title}"


def _stage(study: Study, lead: str, key: str) -> np.ndarray:
    return pictures.as_bytes(study.stages[lead][LEAD_STAGES.index(key)].picture)


def _masked(study: Study, rgb: np.ndarray, hidden: bool) -> np.ndarray:
    return masked_page(rgb, kept_edges(study)) if hidden else rgb
