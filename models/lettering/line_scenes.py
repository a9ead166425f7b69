"""Lines of drawn print, as they stand above and below the traces, with their text."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from models.lettering.letter_drawing import STROKES, random_print_style, write
from models.lettering.letter_scenes import overlay, photograph, trace
from preprocessing.lettering import WINDOW_ROWS, codes, line_window

LINE_COLUMNS = 256
MOST_CHARACTERS = 40
SPEEDS = ("25", "50", "12.5", "100", "25.0", "50.0", "10", "5")
GAINS = ("10", "5", "20", "2.5", "10.0", "5.0", "20.0", "40")
_WORDS = (
    "AC50 AC60 50Hz 60Hz 0.67~25Hz 0.05-150 Hz 0.5-40Hz 100Hz HR 75 bpm SE-3 V1.0 SEMIP V1.7 4*2.5s+1r Lead Off Speed: "
    "Gain: Limb: Chest: Paper: PR ms QRS QT/QTc 120 88 404/431 P-R-T axes F Filter LP HP MAC 12SL v239 ID: Page 1 of 2 "
    "Date 12:31:05 2014-03-11 Technician Unconfirmed Report RV5/SV1 1.187 mV sec mm cm kg mmHg s seconds 150Hz"
)
WORDS = tuple(_WORDS.split())
LETTERS = "".join(STROKES)


def line_scene(
    rng: np.random.Generator,
    part: Callable[[np.random.Generator], str] | None = None,
    codes_of: Callable[[str], list[int]] = codes,
) -> tuple[np.ndarray, np.ndarray]:
    """Draw a line of parts, each a speed, a gain, a usual word, a number or anything, or of parts of another kind.

    Returns
    -------
    ndarray, shape (WINDOW_ROWS, LINE_COLUMNS), float32 in [0, 1]
    ndarray, shape (MOST_CHARACTERS,), int
        The codes of its characters, as `codes_of` gives them, then zeros.
    """
    capital_px = float(np.exp(rng.uniform(np.log(6.5), np.log(26))))
    px_per_mm = capital_px / rng.uniform(1.5, 3.5)
    style = random_print_style(rng)
    most_px = (LINE_COLUMNS / 12 - 1.2) * capital_px
    text, drawn, baseline = "", np.zeros((1, 1), np.float32), 0.0
    parts = int(rng.integers(1, 6))
    while parts > 0 or not text:
        parts -= 1
        longer = (text + " " * int(rng.choice([1, 1, 2])) + (part or _part)(rng)).strip()
        try_drawn, try_baseline = write(longer, capital_px, style)
        if try_drawn.shape[1] > most_px or len(longer) > MOST_CHARACTERS:
            parts = 0
            continue
        text, drawn, baseline = longer, try_drawn, try_baseline
    rows, columns = round(3 * capital_px), round((LINE_COLUMNS / 12 + 2) * capital_px)
    ink = np.zeros((rows, columns), np.float32)
    left = capital_px
    overlay(ink, drawn * rng.uniform(0.6, 1.0), round(left), round(rows / 2 + capital_px / 2 - baseline))
    if rng.random() < 0.15:
        _cross(ink, capital_px, px_per_mm, rng)
    page = photograph(ink, px_per_mm, rng, turn_deg=0.5)
    right = left + drawn.shape[1]
    size_px = capital_px * rng.uniform(0.85, 1.15)
    shift_x, shift_y = capital_px * rng.uniform(-0.25, 0.25), capital_px * rng.uniform(-0.1, 0.1)
    picture = line_window(
        page, left + shift_x, right + shift_x, rows / 2 + shift_y, rng.uniform(-0.006, 0.006), size_px
    )
    whole = np.zeros((WINDOW_ROWS, LINE_COLUMNS), np.float32)
    whole[:, : picture.shape[1]] = picture[:, :LINE_COLUMNS]
    label = np.zeros(MOST_CHARACTERS, int)
    text_codes = codes_of(" ".join(text.split()))
    label[: len(text_codes)] = text_codes
    return whole, label


def printed_speed(rng: np.random.Generator, room: str) -> str:
    """Return a paper speed with its unit, `room` between them."""
    return str(rng.choice(SPEEDS)) + room + str(rng.choice(["mm/s", "mm/s", "mm/sec", "mm/Sec"]))


def printed_gain(rng: np.random.Generator, room: str) -> str:
    """Return a gain with its unit, `room` between them."""
    return str(rng.choice(GAINS)) + room + str(rng.choice(["mm/mV", "mm/mV", "mm/mv"]))


def any_letters(rng: np.random.Generator) -> str:
    """Return a word of up to six letters of any kind."""
    return "".join(LETTERS[nth] for nth in rng.integers(len(LETTERS), size=rng.integers(1, 7)))


def _part(rng: np.random.Generator) -> str:
    """Return a part of a line: a speed, a gain, a usual word, a number or anything."""
    kind = rng.random()
    room = str(rng.choice(["", " "]))
    if kind < 0.22:
        return printed_speed(rng, room)
    if kind < 0.44:
        return printed_gain(rng, room)
    if kind < 0.64:
        return WORDS[rng.integers(len(WORDS))]
    if kind < 0.82:
        return f"{rng.uniform(0, 10.0 ** rng.integers(1, 4)):.{rng.integers(0, 3)}f}"
    return any_letters(rng)


def _cross(ink: np.ndarray, capital_px: float, px_per_mm: float, rng: np.random.Generator) -> None:
    """Draw a trace near or through the line."""
    points = trace(ink.shape[1], px_per_mm, rng)
    rows = np.rint(points[:, 1] + ink.shape[0] / 2 + capital_px * rng.uniform(-2, 2)).astype(int)
    columns = np.rint(points[:, 0]).astype(int)
    for down in range(max(1, round(0.25 * px_per_mm))):
        inside = (rows + down >= 0) & (rows + down < ink.shape[0]) & (columns >= 0) & (columns < ink.shape[1])
        ink[rows[inside] + down, columns[inside]] = 1
