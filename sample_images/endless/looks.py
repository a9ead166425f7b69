"""How a page looks, drawn from distributions: paper, grid, pen, print and separators."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

import numpy as np

from sample_images.endless.fonts import Face, random_face
from sample_images.style import Rgb

# A pen so much wider than the grid's lines, or so many of 255 levels away from their colour, can be followed by eye.
_WIDER_PEN = 1.7
_OTHER_COLOUR = 45


def hsv(hue: float, saturation: float, value: float) -> Rgb:
    """Return a colour of 0 to 255 from hue, saturation and value, each 0 to 1."""
    red, green, blue = (round(255 * part) for part in colorsys.hsv_to_rgb(hue % 1, saturation, value))
    return red, green, blue


def chosen(rng: np.random.Generator, options: dict[str, float]) -> str:
    """Return one of the options by weight."""
    weights = np.array(list(options.values()))
    return list(options)[int(rng.choice(len(weights), p=weights / weights.sum()))]


def log_uniform(rng: np.random.Generator, low: float, high: float) -> float:
    """Return a number whose logarithm is uniform."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def luminance(rgb: Rgb) -> float:
    """Return the brightness that an eye sees, 0 to 255."""
    return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]


@dataclass(frozen=True)
class GridLook:
    """A printed grid. Widths and dashes in mm; without a width a set of lines is missing.

    Attributes
    ----------
    small_mm, big_mm : widths of the 1 mm and the 5 mm lines
    small_rgb, big_rgb : their colours
    dash_mm : period and length of the dashes of small lines, or None
    big_dash_mm : the same of big lines
    dots : the 1 mm lines are dots at their crossings
    gap_mm : distance of the two lines of a double 5 mm line, or 0
    big_every : 1 mm steps between big lines
    over : the grid is printed over the trace
    opacity : of the ink
    frame_mm, frame_rgb : a bold frame's width, or 0, and its colour
    """

    small_mm: float
    big_mm: float
    small_rgb: Rgb
    big_rgb: Rgb
    dash_mm: tuple[float, float] | None = None
    big_dash_mm: tuple[float, float] | None = None
    dots: bool = False
    gap_mm: float = 0.0
    big_every: int = 5
    over: bool = False
    opacity: float = 1.0
    frame_mm: float = 0.0
    frame_rgb: Rgb = (0, 0, 0)


@dataclass(frozen=True)
class PenLook:
    """The pen: width in mm, colour, opacity, and how strongly a thermal head fades along the page."""

    width_mm: float
    rgb: Rgb
    opacity: float = 1.0
    fading: float = 0.0


@dataclass(frozen=True)
class PageLook:
    """Everything about the looks of a page; `grid` None is plain paper, `dark` a screen with bright lines."""

    paper_rgb: Rgb
    grid: GridLook | None
    pen: PenLook
    print_rgb: Rgb
    name_face: Face
    text_face: Face
    native: float
    aliased: bool
    dark: bool


def random_look(rng: np.random.Generator) -> PageLook:
    """Return the looks of one page."""
    dark = rng.random() < 0.035
    paper = _paper(rng, dark)
    grid = _grid(rng, dark) if rng.random() < (0.6 if dark else 0.94) else None
    pen = _pen(rng, paper, dark)
    while grid is not None and not _apart(pen, grid):
        pen = _pen(rng, paper, dark)
    print_rgb = pen.rgb if rng.random() < 0.7 else _ink_colour(rng, dark)
    aliased = bool(rng.random() < 0.15)
    return PageLook(
        paper,
        grid,
        pen,
        print_rgb,
        random_face(rng, 1.6, 5.0),
        random_face(rng, 1.6, 4.0),
        log_uniform(rng, 96 / 25.4, 300 / 25.4),
        aliased,
        bool(dark),
    )


def _apart(pen: PenLook, grid: GridLook) -> bool:
    """Return whether an eye can separate a trace from the grid: by colour, or by a wider pen."""
    pairs = [(grid.small_mm, grid.small_rgb), (grid.big_mm, grid.big_rgb)]
    return all(
        pen.width_mm >= _WIDER_PEN * width
        or max(abs(a - b) for a, b in zip(pen.rgb, rgb, strict=True)) >= _OTHER_COLOUR
        for width, rgb in pairs
        if width
    )


def _paper(rng: np.random.Generator, dark: bool) -> Rgb:
    if dark:
        return hsv(rng.random(), rng.uniform(0, 0.8), rng.uniform(0, 0.22))
    kind = chosen(rng, {"white": 0.4, "off": 0.28, "tint": 0.19, "grey": 0.07, "vivid": 0.06})
    if kind == "white":
        return (255, 255, 255)
    if kind == "grey":
        return hsv(rng.random(), rng.uniform(0, 0.08), rng.uniform(0.55, 0.95))
    if kind == "vivid":
        return hsv(rng.random(), rng.uniform(0.2, 0.7), rng.uniform(0.6, 1))
    if kind == "off":
        return hsv(rng.uniform(0, 0.2), rng.uniform(0, 0.08), rng.uniform(0.92, 1))
    return hsv(rng.choice([0.0, 0.95, 0.1, 0.15, 0.3, 0.6, 0.7]) + rng.normal(0, 0.03), rng.uniform(0.03, 0.3),
               rng.uniform(0.75, 1))  # fmt: skip


def _ink_colour(rng: np.random.Generator, dark: bool) -> Rgb:
    if dark:
        return hsv(
            rng.choice([0.33, 0.15, 0.5, 0.0, 0.6]) + rng.normal(0, 0.03), rng.uniform(0, 1), rng.uniform(0.6, 1)
        )
    kind = chosen(rng, {"black": 0.62, "grey": 0.12, "blue": 0.11, "red": 0.07, "green": 0.04, "any": 0.04})
    if kind == "black":
        return hsv(rng.random(), rng.uniform(0, 0.3), rng.uniform(0, 0.22))
    if kind == "grey":
        return hsv(rng.random(), rng.uniform(0, 0.2), rng.uniform(0.2, 0.6))
    hue = {"blue": 0.64, "red": 0.0, "green": 0.36, "any": rng.random()}[kind]
    return hsv(hue + rng.normal(0, 0.03), rng.uniform(0.5, 1), rng.uniform(0.25, 0.9))


def _pen(rng: np.random.Generator, paper: Rgb, dark: bool) -> PenLook:
    rgb = _ink_colour(rng, dark)
    while abs(luminance(rgb) - luminance(paper)) < 70:
        rgb = _ink_colour(rng, dark)
    width_mm = log_uniform(rng, 0.1, 1.0) if rng.random() < 0.2 else log_uniform(rng, 0.14, 0.5)
    faded = rng.random() < 0.2
    return PenLook(width_mm, rgb, float(rng.uniform(0.55, 1)) if faded else 1.0,
                   float(rng.uniform(0.1, 0.7)) if rng.random() < 0.15 else 0.0)  # fmt: skip


def _grid_hue(rng: np.random.Generator) -> float:
    hues = {"red": 0.0, "pink": 0.94, "orange": 0.06, "brown": 0.09, "green": 0.36, "blue": 0.6, "violet": 0.75}
    kind = chosen(rng, {"red": 0.34, "pink": 0.17, "orange": 0.1, "brown": 0.09, "green": 0.1, "blue": 0.13,
                        "violet": 0.07})  # fmt: skip
    return float(hues[kind] + rng.normal(0, 0.02))


def _grid_colours(rng: np.random.Generator, dark: bool) -> tuple[Rgb, Rgb]:
    """Return the colours of the small and the big lines."""
    if dark:
        hue = float(rng.random())
        value = rng.uniform(0.2, 0.6)
        return hsv(hue, rng.uniform(0, 1), value), hsv(hue, rng.uniform(0, 1), value * rng.uniform(1, 1.5))
    hue = _grid_hue(rng)
    kind = chosen(rng, {"pale": 0.36, "mid": 0.26, "strong": 0.14, "dark": 0.08, "grey": 0.16})
    saturation, value = {
        "pale": (rng.uniform(0.08, 0.35), rng.uniform(0.86, 1.0)),
        "mid": (rng.uniform(0.25, 0.6), rng.uniform(0.7, 1.0)),
        "strong": (rng.uniform(0.5, 1.0), rng.uniform(0.5, 1.0)),
        "dark": (rng.uniform(0.1, 1.0), rng.uniform(0.05, 0.5)),
        "grey": (rng.uniform(0.0, 0.06), rng.uniform(0.25, 0.88)),
    }[kind]
    small = hsv(hue, saturation, value)
    emphasis = chosen(rng, {"same": 0.25, "darker": 0.65, "other": 0.1})
    if emphasis == "same":
        return small, small
    if emphasis == "other":
        return small, hsv(_grid_hue(rng), rng.uniform(0.1, 1), rng.uniform(0.3, 0.9))
    stronger = min(1.0, saturation * rng.uniform(1.0, 2.2))
    return small, hsv(hue + rng.normal(0, 0.01), stronger, value * rng.uniform(0.55, 0.98))


def _grid(rng: np.random.Generator, dark: bool) -> GridLook:
    small_rgb, big_rgb = _grid_colours(rng, dark)
    small_mm = log_uniform(rng, 0.05, 0.3)
    big_mm = min(0.6, small_mm * rng.uniform(1.0, 2.8))
    kind = chosen(rng, {"square": 0.58, "dots": 0.13, "dashes": 0.07, "big": 0.1, "small": 0.05, "double": 0.03,
                        "even": 0.04})  # fmt: skip
    if kind == "big":
        small_mm = 0.0
    elif kind == "small":
        big_mm = 0.0
    elif kind == "even":
        big_mm, big_rgb = small_mm, small_rgb
    period = float(rng.choice([0.25, 0.333, 0.5, 1.0, 1.25, 2.5]))
    dash = (period, period * float(rng.uniform(0.25, 0.7)))
    framed = rng.random() < 0.18
    return GridLook(
        max(small_mm, 0.16) if kind == "dots" else small_mm,
        big_mm,
        small_rgb,
        big_rgb,
        dash if kind == "dashes" else None,
        dash if kind in ("dashes", "dots") and rng.random() < 0.5 else None,
        kind == "dots",
        float(rng.uniform(0.3, 0.7)) if kind == "double" else 0.0,
        int(rng.choice([5, 5, 5, 5, 5, 5, 5, 5, 10, 4])),
        bool(rng.random() < 0.12),
        float(rng.uniform(0.35, 1)) if rng.random() < 0.3 else 1.0,
        log_uniform(rng, 0.2, 1.5) if framed else 0.0,
        big_rgb if rng.random() < 0.6 else _ink_colour(rng, dark),
    )
