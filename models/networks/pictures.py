"""The picture networks' input: what the stages give for every lead of a report, all at one physical scale.

Sixteen pictures of 2.5 s, in the order of `ROW_NAMES`: the twelve leads, then the four quarters of a ten-second strip.
A pixel is 10 ms wide and 25 microvolts high, so that at 25 mm/s and 10 mm/mV both are a quarter of a millimetre. The
article's networks take the stage ``resized`` of each lead, where the aspect ratio is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image

from models.networks.input_rows import LEAD_NAMES, QUARTERS, ROW_NAMES, lead_name
from preprocessing.lead_id import LEADS
from preprocessing.leads import LeadBox
from preprocessing.page import Page
from preprocessing.stages import Stage

PX_PER_S, PX_PER_MV = 100, 40
# 2.5 s wide and 3.2 mV high: 62.5 mm by 32 mm of usual paper.
PICTURE_SHAPE = (128, 250)
PICTURES_SHAPE = (len(ROW_NAMES), *PICTURE_SHAPE)
SQUARE_PX = 150
BACKGROUND = 255
# A lead II of at least this length replaces a strip that is not printed, s.
_LEAST_STRIP_S = 5.0


@dataclass(frozen=True, eq=False)
class ReportPictures:
    """What the networks over pictures take of one report.

    Attributes
    ----------
    scaled : ndarray, shape (16, 128, 250), uint8
        Stage ``mode_l`` of each lead at 100 px/s and 40 px/mV, 0 for ink and 255 for background, which is all there is
        where a lead is not printed.
    squares : ndarray, shape (13, 150, 150), uint8
        Stage ``resized`` of each lead, the strip last; the article's input.
    """

    scaled: np.ndarray
    squares: np.ndarray

    @property
    def read(self) -> tuple[str, ...]:
        """Names of the leads that show any ink, the strip as ``rhythm``."""
        return tuple(name for name, own in zip(LEAD_NAMES, self.squares, strict=True) if (own < BACKGROUND).any())


def report_pictures(page: Page, stages: Mapping[LeadBox, tuple[Stage, ...]]) -> ReportPictures:
    """Collect the networks' input from the stages of a page's leads.

    Parameters
    ----------
    page : Page
        Gives the scale.
    stages : mapping of LeadBox to tuple of Stage
        As `lead_stages` returns them; a lead that is left out counts as not printed.
    """
    by_key = {box: {stage.key: stage.picture for stage in own} for box, own in stages.items()}
    return ReportPictures(
        scaled_pictures(
            {box: own["mode_l"] for box, own in by_key.items()},
            page.px_per_mm_x * page.speed_mm_s,
            page.px_per_mm_y * page.gain_mm_mv,
        ),
        square_pictures({box: own["resized"] for box, own in by_key.items()}),
    )


def square_pictures(resized: Mapping[LeadBox, np.ndarray]) -> np.ndarray:
    """Return the article's input, shape (13, 150, 150), uint8.

    Raises
    ------
    ValueError
        When the pictures have another size: the article's networks take 150 pixels.
    """
    pictures = np.full((len(LEAD_NAMES), SQUARE_PX, SQUARE_PX), BACKGROUND, np.uint8)
    for box, picture in _chosen(resized, {}).items():
        if picture.shape != pictures.shape[1:]:
            raise ValueError(f"the article's networks take pictures of {SQUARE_PX} px, not {picture.shape}")
        pictures[LEAD_NAMES.index(lead_name(box.id))] = picture
    return pictures


def scaled_pictures(mode_l: Mapping[LeadBox, np.ndarray], px_per_s: float, px_per_mv: float) -> np.ndarray:
    """Return the pictures of all leads at the networks' scale, shape (16, 128, 250), uint8.

    Parameters
    ----------
    mode_l : mapping of LeadBox to ndarray, uint8
        Each lead's binary picture at the page's own scale.
    px_per_s, px_per_mv : float
        That scale. Of longer leads the first 2.5 s count; without a strip, a lead II of at least 5 s replaces it.
    """
    pictures = np.full(PICTURES_SHAPE, BACKGROUND, np.uint8)
    seconds = {box: picture.shape[1] / px_per_s for box, picture in mode_l.items()}
    width = PICTURE_SHAPE[1]
    for box, picture in _chosen(mode_l, seconds).items():
        if box.is_strip:
            continue
        scaled = _scaled(picture, px_per_s, px_per_mv, width)
        # Cabrera's order prints aVR inverted.
        pictures[LEADS.index(lead_name(box.id))] = scaled[::-1] if box.lead == "-aVR" else scaled
    strip = _strip(mode_l, seconds)
    if strip is not None:
        whole = _scaled(mode_l[strip], px_per_s, px_per_mv, QUARTERS * width)
        pictures[len(LEADS) :] = whole.reshape(len(whole), QUARTERS, width).swapaxes(0, 1)
    return pictures


def _chosen(pictures: Mapping[LeadBox, np.ndarray], seconds: Mapping[LeadBox, float]) -> dict[LeadBox, np.ndarray]:
    """Return the pictures with one strip at most."""
    strip = _strip(pictures, seconds)
    return {box: picture for box, picture in pictures.items() if not box.is_strip or box is strip}


def _strip(pictures: Mapping[LeadBox, np.ndarray], seconds: Mapping[LeadBox, float]) -> LeadBox | None:
    """Return the strip that the networks take: lead II where several are printed, or a long lead II without one."""
    strips = {box.lead: box for box in pictures if box.is_strip}
    if strips:
        return strips.get("II", next(iter(strips.values())))
    return next((box for box in seconds if box.lead == "II" and seconds[box] >= _LEAST_STRIP_S), None)


def _scaled(picture: np.ndarray, px_per_s: float, px_per_mv: float, width: int) -> np.ndarray:
    """Bring a binary picture to the networks' scale, cut or filled to 128 rows, with its ink in the middle."""
    columns = min(picture.shape[1], round(width * px_per_s / PX_PER_S))
    size = max(1, round(columns * PX_PER_S / px_per_s)), max(1, round(len(picture) * PX_PER_MV / px_per_mv))
    # Pillow's filter averages over what it makes smaller, so a thin trace turns grey and is not lost.
    scaled = np.asarray(Image.fromarray(picture[:, :columns]).resize(size, Image.Resampling.BILINEAR))[:, :width]
    height = PICTURE_SHAPE[0]
    found = np.full((height, width), BACKGROUND, np.uint8)
    shift = height // 2 - _middle(scaled)
    rows = np.arange(height) - shift
    inside = (rows >= 0) & (rows < len(scaled))
    found[inside, : scaled.shape[1]] = scaled[rows[inside]]
    return found


def _middle(picture: np.ndarray) -> int:
    """Return the row of the trace's level: the median over columns of the middle of their ink."""
    ink = BACKGROUND - picture.astype(np.float32)
    by_column = ink.sum(axis=0)
    inked = by_column > 0
    if not inked.any():
        return len(picture) // 2
    middles = (ink[:, inked] * np.arange(len(picture))[:, None]).sum(axis=0) / by_column[inked]
    return round(float(np.median(middles)))
