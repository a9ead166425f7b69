"""Words drawn in many styles of print: fonts, a plotter's strokes and coarse dots, with capitals of a given height."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONT_FOLDERS = (Path("/usr/share/fonts/truetype/dejavu"), Path("/usr/share/fonts/truetype/liberation"))
# The plotter's letters: strokes of points (x, y), x from 0 to 4, the baseline at y = 2, capitals up to y = 8.
STROKES = {
    "A": "02 28 42,14 34",
    "B": "02 08 38 47 46 35 05,35 44 43 32 02",
    "C": "47 38 18 07 03 12 32 43",
    "D": "02 08 28 46 44 22 02",
    "E": "48 08 02 42,05 35",
    "F": "48 08 02,05 35",
    "G": "47 38 18 07 03 12 32 43 45 25",
    "H": "02 08,42 48,05 45",
    "I": "22 28",
    "J": "48 43 32 12 03",
    "K": "02 08,48 05 42",
    "L": "08 02 42",
    "M": "02 08 25 48 42",
    "N": "02 08 42 48",
    "O": "12 03 07 18 38 47 43 32 12",
    "P": "02 08 38 47 46 35 05",
    "Q": "12 03 07 18 38 47 43 32 12,24 42",
    "R": "02 08 38 47 46 35 05,25 42",
    "S": "47 38 18 07 06 15 35 44 43 32 12 03",
    "T": "08 48,28 22",
    "U": "08 03 12 32 43 48",
    "V": "08 22 48",
    "W": "08 12 25 32 48",
    "X": "02 48,08 42",
    "Y": "08 25 48,25 22",
    "Z": "08 48 02 42",
    "0": "12 03 07 18 38 47 43 32 12",
    "1": "16 28 22",
    "2": "07 18 38 47 46 02 42",
    "3": "07 18 38 47 46 35 25,35 44 43 32 12 03",
    "4": "32 38 04 44",
    "5": "48 08 05 35 44 43 32 12 03",
    "6": "38 18 06 03 12 32 43 44 35 15 04",
    "7": "08 48 12",
    "8": "15 06 07 18 38 47 46 35 15 04 03 12 32 43 44 35",
    "9": "12 32 44 47 38 18 07 06 15 35 46",
    "a": "05 16 36 45 42,44 14 03 12 32 43",
    "b": "08 02 32 43 45 36 06",
    "c": "45 36 16 05 03 12 32 43",
    "d": "48 42 12 03 05 16 46",
    "e": "04 44 45 36 16 05 03 12 32 43",
    "f": "47 38 28 17 12,06 36",
    "g": "46 41 30 10 01,43 32 12 03 05 16 36 45",
    "h": "08 02,05 16 36 45 42",
    "i": "22 26,28 28",
    "j": "26 21 10 00,28 28",
    "k": "08 02,36 04 42",
    "l": "28 22",
    "m": "02 06,05 16 25 22,25 36 45 42",
    "n": "02 06,05 16 36 45 42",
    "o": "12 03 05 16 36 45 43 32 12",
    "p": "00 06 36 45 43 32 02",
    "q": "40 46 16 05 03 12 42",
    "r": "02 06,05 16 36",
    "s": "45 36 16 05 14 34 43 32 12 03",
    "t": "18 13 22 32,06 36",
    "u": "06 03 12 32 42,46 42",
    "v": "06 22 46",
    "w": "06 12 24 32 46",
    "x": "02 46,06 42",
    "y": "06 22,46 10",
    "z": "06 46 02 42",
    "/": "01 48",
    "-": "05 45",
    ":": "22 22,25 25",
    ".": "22 22",
    ",": "22 11",
    "+": "05 45,23 27",
    "=": "04 44,06 46",
    "*": "23 27,04 46,06 44",
    "~": "04 15 34 45",
    "%": "02 48,17 17,33 33",
    "(": "38 26 24 32",
    ")": "18 26 24 12",
}
STROKE_UNIT = 6.0
NARROW = set("Iil1.:,-()tjfr/")


@dataclass(frozen=True)
class PrintStyle:
    """How words are printed.

    Attributes
    ----------
    font : Path or None
        Of a font; None for the plotter's strokes.
    width : float
        Width of letters as a share of their natural width.
    slant : float
        By how many heights of its own a letter leans to the right.
    spacing : float
        Extra space between letters, in heights of a capital; negative where they touch.
    pen : float
        Width of the plotter's stroke, in heights of a capital.
    dots : int
        Rows of dots in a capital, 0 for a smooth outline.
    subscript : float
        Size of a digit after a capital; lowered below the line where it is less than 1.
    serifs : bool
        Whether the plotter's I has them.
    space : float
        Width of a space, in heights of a capital.
    """

    font: Path | None = None
    width: float = 1.0
    slant: float = 0.0
    spacing: float = 0.0
    pen: float = 0.1
    dots: int = 0
    subscript: float = 1.0
    serifs: bool = False
    space: float = 0.5


@lru_cache(maxsize=1)
def font_paths() -> tuple[Path, ...]:
    """Return the installed fonts, without those of mathematical symbols."""
    paths = sorted(path for folder in FONT_FOLDERS for path in folder.glob("*.ttf") if "MathTeX" not in path.name)
    if not paths:
        raise FileNotFoundError(
            f"no fonts found in {', '.join(map(str, FONT_FOLDERS))}; install fonts-dejavu, fonts-liberation"
        )
    return tuple(paths)


def random_print_style(rng: np.random.Generator) -> PrintStyle:
    """Choose a style of print at random."""
    font: Path | None = None
    if rng.random() < 0.75:
        paths = font_paths()
        font = paths[rng.integers(len(paths))]
    return PrintStyle(
        font=font,
        width=float(rng.uniform(0.8, 1.2)),
        slant=float(rng.choice([0.0, rng.uniform(-0.05, 0.25)], p=[0.7, 0.3])),
        spacing=float(rng.choice([0.0, rng.uniform(-0.08, 0.25)], p=[0.5, 0.5])),
        pen=float(rng.uniform(0.06, 0.2)),
        dots=int(rng.integers(7, 15)) if rng.random() < 0.15 else 0,
        subscript=float(rng.uniform(0.6, 0.85)) if rng.random() < 0.12 else 1.0,
        serifs=bool(rng.random() < 0.5),
        space=float(rng.uniform(0.2, 0.8)),
    )


@lru_cache(maxsize=4096)
def _font(path: Path, capital_px: int) -> ImageFont.FreeTypeFont:
    """Return a font whose capitals are nearly this high."""
    probe = ImageFont.truetype(str(path), 100)
    top = probe.getbbox("V", anchor="ls")[1]
    return ImageFont.truetype(str(path), max(4, round(100 * capital_px / -top)))


def write(word: str, capital_px: float, style: PrintStyle) -> tuple[np.ndarray, float]:
    """Draw a word.

    Parameters
    ----------
    word : str
    capital_px : float
        Height of its capitals.
    style : PrintStyle

    Returns
    -------
    ndarray, shape (rows, columns), float32 in [0, 1]
        Share of each pixel that is inked, cropped to the left and right of the word.
    float
        Row of the baseline, from the top.
    """
    height = max(style.dots, 5) if style.dots else max(5, round(capital_px))
    sheet = Image.new(
        "L", (round((len(word) + 2) * (1.6 + max(0.0, style.spacing)) * height * max(1.0, style.width)), 3 * height)
    )
    pen = ImageDraw.Draw(sheet)
    pen.fontmode = "1" if style.dots else "L"
    x, baseline = float(height), 2.0 * height
    for place, letter in enumerate(word):
        lowered = style.subscript < 1 and letter.isdigit() and word[place - 1 : place].isupper()
        size = height * (style.subscript if lowered else 1.0)
        y = baseline + (0.25 * height if lowered else 0.0)
        x += _letter(pen, letter, x, y, size, style) + style.spacing * height
    slant = style.slant
    if slant:
        # Each point of the slanted sheet is taken from further left the higher it lies.
        sheet = sheet.transform(
            sheet.size, Image.Transform.AFFINE, (1, slant, -slant * baseline, 0, 1, 0), Image.Resampling.BILINEAR
        )
    scale = capital_px / height
    size_px = max(1, round(sheet.width * scale * style.width)), max(1, round(sheet.height * scale))
    if size_px != sheet.size:
        sheet = sheet.resize(size_px, Image.Resampling.BOX if style.dots else Image.Resampling.BILINEAR)
    ink = np.asarray(sheet, dtype=np.float32) / 255
    columns = np.flatnonzero(ink.max(axis=0) > 0.3)
    if columns.size:
        ink = ink[:, columns[0] : columns[-1] + 1]
    return ink, baseline * scale


def _letter(pen: ImageDraw.ImageDraw, letter: str, x: float, y: float, size: float, style: PrintStyle) -> float:
    """Draw one letter with the left end of its baseline at (x, y); return how far the pen advances."""
    if letter == " ":
        return style.space * size
    if style.font is not None:
        font = _font(style.font, max(4, round(size)))
        pen.text((x, y), letter, fill=255, font=font, anchor="ls")
        return float(font.getlength(letter))
    strokes = STROKES["I" if letter == "|" else letter]
    if letter == "I" and style.serifs:
        strokes += ",12 32,18 38"
    unit = size / STROKE_UNIT
    narrow = letter in NARROW
    width_px = max(1, round(style.pen * size))
    for line in strokes.split(","):
        points = [(x + (int(p[0]) - narrow) * unit, y - (int(p[1]) - 2) * unit) for p in line.split()]
        pen.line(points, fill=255, width=width_px, joint="curve")
        if width_px > 2:
            for px, py in (points[0], points[-1]):
                pen.ellipse((px - width_px / 2, py - width_px / 2, px + width_px / 2, py + width_px / 2), fill=255)
        elif points[0] == points[-1]:
            pen.rectangle((points[0][0], points[0][1] - 1, points[0][0] + 1, points[0][1]), fill=255)
    return (3.2 if narrow else 5.6) * unit
