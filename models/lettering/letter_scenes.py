"""Windows of drawn lead names amid what a report prints around them: traces, dividers, grids, other words."""

from __future__ import annotations

import io

import numpy as np
import scipy
from PIL import Image, ImageDraw

from models.lettering.letter_drawing import STROKES, random_print_style, write
from preprocessing.lettering import PRINTED_LEADS, paper_ink, spellings, window

NOTHING = 0
LETTERS = "".join(letter for letter in STROKES if letter.isalnum() and letter != "l")
# What stands on reports and may be mistaken for a lead, without a small l, which many fonts print as an I.
_OTHERS = (
    "V7 V8 V9 V0 VI IV VII IIII II- V V3R V4R V4r V1- 1 11 2 3 4 5 6 mm mV ms Hz HR PR QT QRS F R L a aV VF2 "
    "AC 25 10 1mV 50 0.5 ID ST RV5 SV1 Vent V12 V10 vs N Y X Z T P M A B C D E - . : / = v u W U"
)
OTHER_WORDS = tuple(_OTHERS.split())
FINER = 3
# Views of each drawn piece: drawing is slow, cutting another window is quick.
VIEWS = 3


def scene(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw a piece of a page, mostly with a lead's name in the middle, and cut several windows of it.

    Returns
    -------
    ndarray, shape (VIEWS, WINDOW_ROWS, WINDOW_COLUMNS), float32 in [0, 1]
    ndarray, shape (VIEWS,), int
        Each window's place in `PRINTED_LEADS` plus one, or `NOTHING`, also where the window lies too far from the
        name.
    """
    capital_px = float(np.exp(rng.uniform(np.log(5.5), np.log(30))))
    px_per_mm = capital_px / rng.uniform(1.6, 4.5)
    kind = rng.choice(["name", "in words", "other word", "no word"], p=[0.6, 0.08, 0.14, 0.18])
    side = round(6.5 * capital_px)
    rows = round(3.4 * capital_px)
    ink = np.zeros((rows, side), dtype=np.float32)
    label, width = NOTHING, 1.5 * capital_px
    if kind == "other word":
        width = _print(ink, _other_word(rng), capital_px, rng)
    elif kind != "no word":
        label = 1 + int(rng.integers(len(PRINTED_LEADS)))
        shown = spellings(PRINTED_LEADS[label - 1])
        word = shown[0] if rng.random() < 0.7 else shown[rng.integers(len(shown))]
        if word[0] == "a" and rng.random() < 0.1:
            # Some recorders print a space after the small letter.
            word = word.replace("a", "a ")
        if kind == "in words":
            others = _other_word(rng), _other_word(rng)
            joint = rng.choice(["", " ", ".", "/", "-", ": "])
            word = rng.choice([word + joint + others[0], others[0] + joint + word + " " + others[1]])
        width = _print(ink, word, capital_px, rng)
    ink *= rng.uniform(0.6, 1.0)
    _rule(ink, width, capital_px, px_per_mm, rng)
    if kind == "no word" and rng.random() < 0.2:
        speckle(ink, capital_px, rng)
    page = photograph(ink, px_per_mm, rng)
    views, labels = [], []
    for nth in range(VIEWS):
        x, y = side / 2 + capital_px * rng.uniform(-0.14, 0.14), rows / 2 + capital_px * rng.uniform(-0.1, 0.1)
        size_px = capital_px * rng.uniform(0.87, 1.15)
        # The last window of half of the names lies beside them.
        missed = kind == "name" and nth == VIEWS - 1 and rng.random() < 0.5
        if missed:
            off = rng.random()
            if off < 0.5:
                x += capital_px * rng.uniform(0.5, 1.6) * rng.choice([-1, 1])
            elif off < 0.75:
                y += capital_px * rng.uniform(0.4, 0.9) * rng.choice([-1, 1])
            else:
                size_px *= rng.choice([rng.uniform(0.4, 0.6), rng.uniform(1.6, 2.2)])
        views.append(window(page, x, y, size_px))
        labels.append(label if kind == "name" and not missed else NOTHING)
    return np.stack(views), np.array(labels)


def _other_word(rng: np.random.Generator) -> str:
    if rng.random() < 0.6:
        return OTHER_WORDS[rng.integers(len(OTHER_WORDS))]
    return "".join(LETTERS[place] for place in rng.integers(len(LETTERS), size=rng.integers(1, 6)))


def _print(ink: np.ndarray, word: str, capital_px: float, rng: np.random.Generator) -> float:
    """Print a word in the middle of the sheet and return its width."""
    drawn, baseline = write(word, capital_px, random_print_style(rng))
    if rng.random() < 0.15:
        drawn = drawn * (rng.random(drawn.shape) > rng.uniform(0, 0.3))
    left = round((ink.shape[1] - drawn.shape[1]) / 2)
    top = round(ink.shape[0] / 2 + capital_px / 2 - baseline)
    overlay(ink, drawn, left, top)
    return float(drawn.shape[1])


def overlay(ink: np.ndarray, drawn: np.ndarray, left: int, top: int) -> None:
    """Print a drawn word onto a sheet, in place; what lies beyond the sheet's edge is cut off."""
    from_x, from_y = max(0, -left), max(0, -top)
    piece = drawn[from_y : from_y + ink.shape[0] - max(0, top), from_x : from_x + ink.shape[1] - max(0, left)]
    place = ink[max(0, top) : max(0, top) + piece.shape[0], max(0, left) : max(0, left) + piece.shape[1]]
    np.maximum(place, piece, out=place)


def speckle(ink: np.ndarray, capital_px: float, rng: np.random.Generator) -> None:
    """Cover a sheet with specks of any size up to a letter's, in place: hatching, shadows of cloth, coarse copies."""
    spread = capital_px * rng.uniform(0.02, 0.3), capital_px * rng.uniform(0.02, 0.3)
    grain = scipy.ndimage.gaussian_filter(rng.normal(size=ink.shape), spread)
    np.maximum(ink, grain > np.quantile(grain, rng.uniform(0.5, 0.9)), out=ink)


def _rule(ink: np.ndarray, width: float, capital_px: float, px_per_mm: float, rng: np.random.Generator) -> None:
    """Add a trace, a divider, a tick or a pulse, each on some windows."""
    rows, columns = ink.shape
    sheet = Image.new("L", (columns * FINER, rows * FINER))
    pen = ImageDraw.Draw(sheet)
    pen_px = max(1, round(rng.uniform(0.18, 0.6) * px_per_mm * FINER))
    left, middle = (columns - width) / 2, rows / 2

    def line(points: np.ndarray) -> None:
        pen.line([(float(x) * FINER, float(y) * FINER) for x, y in points], fill=255, width=pen_px, joint="curve")

    for _ in range(rng.choice([0, 1, 2], p=[0.25, 0.6, 0.15])):
        points = trace(columns, px_per_mm, rng)
        # Most names stand close to their trace: above it, below it or on it.
        points[:, 1] += middle + capital_px * rng.uniform(-1.4, 1.4)
        if rng.random() < 0.35:
            points = points[points[:, 0] > left + capital_px * rng.uniform(-0.6, 0.6)]
        if len(points) > 1:
            line(points)
    if rng.random() < 0.35:
        # A divider stands before the name, or cuts its first letter.
        x = left + capital_px * rng.uniform(-0.6, 0.5)
        top, bottom = middle - capital_px * rng.uniform(0.2, 4), middle + capital_px * rng.uniform(0.2, 4)
        dashes = round(rng.uniform(0.5, 1.2) * px_per_mm) if rng.random() < 0.3 else 0
        for y in np.arange(top, bottom, 2 * dashes) if dashes > 1 else [top]:
            line(np.array([(x, y), (x, y + dashes if dashes > 1 else bottom)]))
    if rng.random() < 0.06:
        x, y, tall = left - capital_px * rng.uniform(0.3, 0.9), middle, capital_px * rng.uniform(0.2, 0.5)
        line(np.array([(x, y - tall), (x, y + tall)]))
        if rng.random() < 0.6:
            line(np.array([(x - tall / 3, y + tall / 2), (x, y + tall), (x + tall / 3, y + tall / 2)]))
    if rng.random() < 0.07:
        x, foot = left - capital_px * rng.uniform(0.2, 1.5), middle + capital_px * rng.uniform(-0.5, 3)
        wide = rng.uniform(1.5, 6)
        x_mm, y_mm = np.array([-wide - 2, -wide - 1, -wide - 1, -1, -1, 0]), np.array([0, 0, 10, 10, 0, 0])
        line(np.column_stack([x + x_mm * px_per_mm, foot - y_mm * px_per_mm]))
    np.maximum(ink, np.asarray(sheet.reduce(FINER), dtype=np.float32) / 255, out=ink)


def trace(columns: int, px_per_mm: float, rng: np.random.Generator) -> np.ndarray:
    """Return points (x, y) of something like an ECG around y = 0, shape (n, 2), in pixels."""
    x_mm = np.arange(-2, columns / px_per_mm + 2, 0.12)
    y_mm = rng.uniform(-0.15, 0.15) * x_mm + rng.uniform(0.1, 1) * np.sin(x_mm / rng.uniform(3, 15) + rng.uniform(0, 6))
    beat = rng.uniform(-15, 15)
    shape = rng.normal(size=6)
    while beat < x_mm[-1] + 10:
        for at, tall, wide in ((-4, 1.0 * shape[0], 0.9), (7, 2.5 * shape[1], 1.6)):
            y_mm = y_mm + tall * np.exp(-0.5 * ((x_mm - beat - at) / wide) ** 2)
        knots = beat + np.array([-0.9, -0.4, 0.0, 0.5, 1.0]) * rng.uniform(0.8, 1.2) * np.exp(0.3 * shape[2])
        y_mm = y_mm + np.interp(x_mm, knots, [0, 1.2 * shape[3], 8 * shape[4], 6 * shape[5], 0])
        beat += rng.uniform(9, 25)
    if rng.random() < 0.4:
        y_mm = y_mm + rng.uniform(0.05, 0.3) * rng.normal(size=x_mm.size)
    return np.column_stack([x_mm, -y_mm]) * px_per_mm


def photograph(ink: np.ndarray, px_per_mm: float, rng: np.random.Generator, turn_deg: float = 3.0) -> Image.Image:
    """Put ink on grid paper under some light, copy it more or less well, and measure the ink again."""
    if rng.random() < 0.4:
        ink = scipy.ndimage.rotate(ink, rng.uniform(-turn_deg, turn_deg), reshape=False, order=1)
    rows, columns = ink.shape
    dark = np.zeros((rows, columns))
    strength = rng.choice([0.0, rng.uniform(0, 0.2), rng.uniform(0.2, 0.6)], p=[0.45, 0.4, 0.15])
    for every_mm, share in ((1.0, rng.uniform(0.3, 1.0)), (5.0, 1.0)):
        period = max(2.0, every_mm * px_per_mm)
        thick = max(0.5, 0.12 * px_per_mm)
        across = ((np.arange(columns) + rng.uniform(0, period)) % period < thick)[None, :]
        down = ((np.arange(rows) + rng.uniform(0, period)) % period < thick)[:, None]
        dark = np.maximum(dark, strength * share * (across | down))
        if strength and rng.random() < 0.2:
            dark = dark * (np.add.outer(np.arange(rows), np.arange(columns)) % 2)
    paper = rng.uniform(0.45, 1.0) * (1 + rng.uniform(-0.15, 0.15) * np.linspace(-1, 1, columns))[None, :]
    light = paper * (1 - dark) * (1 - np.clip(ink, 0, 1) * rng.uniform(0.75, 1.0))
    light = scipy.ndimage.gaussian_filter(light, rng.uniform(0, 0.055) * rng.uniform(0.3, 1) * px_per_mm * 4)
    light += rng.normal(size=light.shape) * rng.choice([0.0, rng.uniform(0, 0.05)])
    gray = np.clip(light * 255, 0, 255).astype(np.uint8)
    if rng.random() < 0.08:
        gray = np.where(gray < rng.uniform(0.45, 0.75) * 255 * paper.mean(), 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        file = io.BytesIO()
        Image.fromarray(gray).save(file, "JPEG", quality=int(rng.integers(30, 95)))
        gray = np.asarray(Image.open(file))
    return Image.fromarray(paper_ink(gray, px_per_mm))
