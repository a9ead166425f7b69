"""One stage of all leads at once, laid out as on the page."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ecgviz.drawing.pictures import as_rgb
from preprocessing.leads import Layout, LeadBox

SHEET_PX, GAP_PX, NAME_PX = 1560, 8, 22
PAPER, INK = (255, 255, 255), (29, 43, 46)


def stage_sheet(pictures: Mapping[str, np.ndarray], layout: Layout) -> np.ndarray:
    """Lay out the pictures of one stage as the page has its leads, each under its name.

    Parameters
    ----------
    pictures : mapping of str to ndarray
        Any stage's pictures, by `LeadBox.key`.
    layout : Layout

    Returns
    -------
    ndarray, shape (rows, SHEET_PX, 3), uint8
    """
    return np.vstack([_row([(box, pictures[box.key]) for box in row]) for row in layout.boxes_by_row])


def _row(cells: list[tuple[LeadBox, np.ndarray]]) -> np.ndarray:
    width = (SHEET_PX - GAP_PX * (len(cells) - 1)) // len(cells)
    fitted = [(box, _fitted(as_rgb(picture), width)) for box, picture in cells]
    height = max(picture.height for _, picture in fitted)
    sheet = Image.new("RGB", (SHEET_PX, NAME_PX + height + GAP_PX), PAPER)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=NAME_PX - 6)
    for place, (box, picture) in enumerate(fitted):
        left = place * (width + GAP_PX)
        draw.text((left, 1), box.id.name, font=font, fill=INK)
        sheet.paste(picture, (left, NAME_PX))
    return np.asarray(sheet)


def _fitted(rgb: np.ndarray, width: int) -> Image.Image:
    """Shrink a picture to the width of a cell; a smaller one, such as a network's input, keeps its size."""
    picture = Image.fromarray(rgb)
    if picture.width <= width:
        return picture
    return picture.resize((width, max(1, round(picture.height * width / picture.width))), Image.Resampling.BOX)
