"""Maps over the pictures of all leads, as one sheet laid out like most pages."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ecgviz.drawing.shades import LESS, MORE
from ecgviz.predictions import PictureSensitivity

COLUMNS, GAP_PX, NAME_PX = 4, 10, 26
CELL_PX = 360
PAPER, INK, CAM = (255, 255, 255), (29, 43, 46), (224, 138, 60)
# A map must not hide the stroke beneath it.
MOST_OPAQUE = 0.75
# The colours of occlusion span at least this drop of probability.
LEAST_DROP = 0.01
# Row by row, as most pages print them; what is none of these follows.
ORDER = ("I", "aVR", "V1", "V4", "II", "aVL", "V2", "V5", "III", "aVF", "V3", "V6")


def map_sheet(found: PictureSensitivity, label: str) -> np.ndarray:
    """Draw the map of one class over each picture, under its name.

    Parameters
    ----------
    found : PictureSensitivity
    label : str
        One of `CLASSES`.

    Returns
    -------
    ndarray, shape (rows, 4 cells, 3), uint8
        Grad-CAM in orange; occlusion red where it lowers the probability and blue where it raises it.
    """
    maps = found.of_class(label)
    largest = max(float(np.abs(maps).max(initial=0)), LEAST_DROP)
    order = sorted(range(len(found.names)), key=lambda place: _rank(found.names[place]))
    height = round(CELL_PX * found.pictures.shape[1] / found.pictures.shape[2])
    lines = -(-len(order) // COLUMNS)
    sheet = Image.new(
        "RGB", (COLUMNS * (CELL_PX + GAP_PX) - GAP_PX, max(1, lines) * (NAME_PX + height + GAP_PX)), PAPER
    )
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=NAME_PX - 8)
    for number, place in enumerate(order):
        row, column = divmod(number, COLUMNS)
        left, top = column * (CELL_PX + GAP_PX), row * (NAME_PX + height + GAP_PX)
        draw.text((left, top + 2), found.names[place], font=font, fill=INK)
        is_cam = found.kind == "grad_cam"
        strengths, colour = (maps[place], CAM) if is_cam else (maps[place] / largest, _rgb(MORE))
        sheet.paste(_overlaid(found.pictures[place], strengths, colour, (CELL_PX, height)), (left, top + NAME_PX))
        draw.rectangle((left, top + NAME_PX, left + CELL_PX - 1, top + NAME_PX + height - 1), outline=(200, 206, 208))
    return np.asarray(sheet)


def _overlaid(
    picture: np.ndarray, strengths: np.ndarray, positive: tuple[int, int, int], size: tuple[int, int]
) -> Image.Image:
    shown = np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BILINEAR), np.float32)[..., None]
    wide = np.asarray(Image.fromarray(strengths.astype(np.float32)).resize(size, Image.Resampling.BILINEAR))[..., None]
    colour = np.where(wide >= 0, np.array(positive, np.float32), np.array(_rgb(LESS), np.float32))
    share = np.abs(np.clip(wide, -1, 1)) * MOST_OPAQUE
    # Multiplied, so that ink stays dark under any colour.
    tinted = shown * (1 - share * (1 - colour / 255))
    return Image.fromarray(np.rint(np.broadcast_to(tinted, (*tinted.shape[:2], 3))).astype(np.uint8))


def _rank(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue
