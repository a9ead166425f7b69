"""Lines of text in every font at hand: condensed, slanted, spaced, or in the coarse dots of a recorder."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from sample_images.endless.canvas import Canvas
from sample_images.endless.truth import Pixels
from sample_images.style import Rgb

# Fonts without Latin letters.
_NO_LETTERS = ("Siz", "cmex", "cmsy", "cmmi", "NonUni", "LastResort", "hb-test", "Display", "Symbol", "TeXGyre")


@cache
def font_files() -> tuple[str, ...]:
    """Return the installed TrueType fonts; an empty string stands for Pillow's own."""
    folders = [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path("/Library/Fonts"),
        Path("C:/Windows/Fonts"),
    ]
    for package, inside in (("matplotlib", "mpl-data/fonts/ttf"), ("reportlab", "fonts")):
        found = importlib.util.find_spec(package)
        if found is not None and found.origin is not None:
            folders.append(Path(found.origin).parent / inside)
    files = {path.name: path for folder in folders for path in folder.rglob("*.[to]tf")}
    good = sorted(name for name in files if not any(word in name for word in _NO_LETTERS))
    return ("", "", "", *(str(files[name]) for name in good))


@lru_cache(maxsize=256)
def _font(file: str, size_px: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.truetype(file, size_px) if file else ImageFont.load_default(size=size_px)


@dataclass(frozen=True)
class Face:
    """How text looks.

    Attributes
    ----------
    file : a font file, or "" for Pillow's own
    size_mm : nominal height of the font
    stretch : width, as a share of the font's own
    slant : sideways shift per height
    bold_mm : extra pen around each letter
    spacing : extra space between letters, as a share of the height
    dots : letters made of so many coarse dots in height, or 0
    """

    file: str = ""
    size_mm: float = 3.0
    stretch: float = 1.0
    slant: float = 0.0
    bold_mm: float = 0.0
    spacing: float = 0.0
    dots: int = 0


def random_face(rng: np.random.Generator, low_mm: float = 1.8, high_mm: float = 4.5) -> Face:
    """Return a face of a font height within the limits, which are mm."""
    files = font_files()
    return Face(
        files[int(rng.integers(len(files)))],
        float(np.exp(rng.uniform(np.log(low_mm), np.log(high_mm)))),
        float(rng.uniform(0.65, 1.25)) if rng.random() < 0.35 else 1.0,
        float(rng.uniform(0.1, 0.35)) if rng.random() < 0.12 else 0.0,
        float(rng.uniform(0.03, 0.15)) if rng.random() < 0.25 else 0.0,
        float(rng.uniform(0.05, 0.3)) if rng.random() < 0.12 else 0.0,
        int(rng.integers(8, 14)) if rng.random() < 0.15 else 0,
    )


def text_pixels(text: str, face: Face, scale: float) -> Pixels:
    """Return the coverage of one line of text, cut to its ink; `scale` is pixels per mm."""
    size_px = max(5, face.dots or round(face.size_mm * scale))
    font = _font(face.file, size_px)
    stroke_px = 0 if face.dots else round(face.bold_mm * scale / 2)
    extra_px = face.spacing * size_px
    width = int(font.getlength(text) + extra_px * len(text)) + 2 * size_px
    sheet = Image.new("L", (width, 2 * size_px))
    pen = ImageDraw.Draw(sheet)
    if face.dots:
        pen.fontmode = "1"
    pieces = list(text) if extra_px else [text]
    x = size_px / 2
    for piece in pieces:
        pen.text((x, size_px * 0.4), piece, fill=255, font=font, stroke_width=stroke_px)
        x += font.getlength(piece) + extra_px
    if face.slant:
        sheet = sheet.transform(sheet.size, Image.Transform.AFFINE, (1, face.slant, -face.slant * size_px, 0, 1, 0),
                                Image.Resampling.BILINEAR)  # fmt: skip
    found = sheet.getbbox()
    if found is None:
        return np.zeros((1, 1), np.uint8)
    sheet = sheet.crop(found)
    grow = face.size_mm * scale / size_px if face.dots else 1.0
    if grow != 1 or face.stretch != 1:
        size = max(1, round(sheet.width * grow * face.stretch)), max(1, round(sheet.height * grow))
        sheet = sheet.resize(size, Image.Resampling.NEAREST if face.dots else Image.Resampling.BILINEAR)
    return np.asarray(sheet)


def write(
    canvas: Canvas,
    text: str,
    place_mm: tuple[float, float],
    face: Face,
    rgb: Rgb,
    opacity: float = 1.0,
    lead: str | None = None,
    turned: bool = False,
) -> float:
    """Write a line that starts at x with its middle at y; return how wide it is in mm.

    `lead` notes the centre as the printed name of that lead; `turned` writes upwards.
    """
    long_mm = (len(text) + 2) * face.size_mm * (1 + face.spacing) * max(1.0, face.stretch)
    x_mm, y_mm = place_mm
    reach = (x_mm, y_mm - long_mm if turned else y_mm - face.size_mm, x_mm + long_mm, y_mm + long_mm)
    if not text.strip() or not canvas.sees(reach):
        return 0.5 * long_mm
    ink = text_pixels(text, face, canvas.scale)
    if turned:
        ink = np.ascontiguousarray(np.rot90(ink))
    x, y = canvas.px(np.array(place_mm))
    height, width = ink.shape
    corner = round(float(x)), round(float(y) - height / 2)
    canvas.lay("print", ink, corner, rgb, opacity)
    if lead is not None:
        middle_x, middle_y = corner[0] + width / 2, corner[1] + height / 2
        canvas.names.append((lead, middle_x / canvas.scale + canvas.left_mm, middle_y / canvas.scale + canvas.top_mm))
    return float(width / canvas.scale)
