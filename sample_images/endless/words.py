"""Print for pages: words, values, and marks by pen, stamp and machine."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from sample_images.endless.canvas import Canvas, box_outline
from sample_images.endless.fonts import Face, random_face, text_pixels, write
from sample_images.endless.looks import hsv, log_uniform
from sample_images.endless.truth import Pixels, Points
from sample_images.style import Rgb

_WORDS = (  # noqa: SIM905 - a list of a hundred strings is no easier to read
    "normal sinus rhythm abnormal ECG possible left atrial enlargement ventricular hypertrophy ST elevation probable "
    "inferior infarct age undetermined nonspecific T wave abnormality rate PR interval QRS duration QT QTc axis "
    "Name ID Age Sex Male Female Date Time Ward Room Dept Technician Physician Referred by Confirmed Unconfirmed "
    "diagnosis Analyse Befund Frequenz Achse Patient Geburtsdatum fréquence dérivation ritmo sinusal paciente edad "
    "borderline otherwise when compared with ECG of no significant change was found Report bpm ms mm/s mm/mV Hz"
).split()


def phrase(rng: np.random.Generator, low: int = 1, high: int = 6) -> str:
    """Return some words and values."""
    words = []
    for _ in range(int(rng.integers(low, high + 1))):
        word = _WORDS[int(rng.integers(len(_WORDS)))]
        pick = rng.random()
        if pick < 0.12:
            word = f"{rng.integers(1, 999)}"
        elif pick < 0.2:
            word = f"{rng.integers(1, 31):02d}-{rng.integers(1, 12):02d}-{rng.integers(1990, 2026)}"
        elif pick < 0.3:
            word += ":"
        words.append(word)
    text = " ".join(words)
    return text.upper() if rng.random() < 0.2 else text


def settings(rng: np.random.Generator, speed: float, gain: float) -> str:
    """Return the line that names paper speed, gain and filters."""
    parts = [
        f"{speed:g}{rng.choice(['mm/s', ' mm/s', ' mm/sec'])}",
        f"{gain:g}{rng.choice(['mm/mV', ' mm/mV'])}",
        str(rng.choice(["0.05-150Hz", "~ 0.15-100 Hz", "F 50~ 0.5-35 Hz", "40Hz", "AC50"])),
        phrase(rng, 1, 3),
    ]
    return str(rng.choice(["  ", "   ", " | ", "     "])).join(parts)


def paragraph(
    canvas: Canvas,
    rng: np.random.Generator,
    place_mm: tuple[float, float],
    lines: int,
    face: Face,
    rgb: Rgb,
    words: int = 6,
) -> None:
    """Write some lines of text below each other."""
    x, y = place_mm
    pitch = face.size_mm * rng.uniform(1.1, 1.8)
    for line in range(lines):
        write(canvas, phrase(rng, 1, words), (x, y + line * pitch), face, rgb)


def scribble(canvas: Canvas, rng: np.random.Generator, place_mm: tuple[float, float], size_mm: float, rgb: Rgb) -> None:
    """Write something by hand: joined loops and strokes that run to the right."""
    turns = np.arange(0, rng.uniform(4, 22), 0.08)
    drift = np.cumsum(rng.normal(0, 1, turns.size))
    drift -= np.linspace(drift[0], drift[-1], turns.size)
    wild = np.interp(turns, np.arange(0, 24), rng.uniform(0.2, 1, 24))
    slant = rng.uniform(-0.2, 0.6)
    y = -np.sin(turns * 2.3 + drift * 0.08) * wild * size_mm * 0.5
    x = turns * size_mm * rng.uniform(0.2, 0.6) + np.cos(turns * 2.3) * size_mm * 0.25 * wild - slant * y
    line = np.column_stack([x, y])
    for at in rng.integers(0, turns.size, int(rng.integers(0, 4))):
        line[at : at + 8] = np.nan
    if rng.random() < 0.2:
        line = line[:, ::-1]
    canvas.draw("print", [line + place_mm], log_uniform(rng, 0.25, 0.9), rgb, float(rng.uniform(0.6, 1)))


def arrow(canvas: Canvas, rng: np.random.Generator, tip_mm: Points, rgb: Rgb) -> None:
    """Draw an arrow to `tip_mm`, (2,) in mm, or a ring around it."""
    if rng.random() < 0.35:
        around = np.linspace(0, 2 * np.pi, 60)
        radii = rng.uniform(2, 12, 2)
        canvas.draw("print", [tip_mm + radii * np.column_stack([np.cos(around), np.sin(around)])],
                    log_uniform(rng, 0.2, 0.8), rgb)  # fmt: skip
        return
    angle = rng.uniform(0, 2 * np.pi)
    back = np.array([np.cos(angle), np.sin(angle)])
    side = np.array([-back[1], back[0]])
    head = rng.uniform(1, 3)
    tail = tip_mm + back * rng.uniform(5, 25)
    canvas.draw("print", [np.array([tail, tip_mm])], log_uniform(rng, 0.2, 1.0), rgb)
    canvas.fill(
        "print", np.array([tip_mm, tip_mm + head * (back + 0.5 * side), tip_mm + head * (back - 0.5 * side)]), rgb
    )


def stamp(canvas: Canvas, rng: np.random.Generator, place_mm: tuple[float, float], rgb: Rgb) -> None:
    """Print a rubber stamp: framed words at an angle, worn away in places."""
    face = random_face(rng, 2.5, 7)
    words = [text_pixels(phrase(rng, 1, 3), face, canvas.scale) for _ in range(int(rng.integers(1, 4)))]
    pad = round(2 * canvas.scale)
    width = max(word.shape[1] for word in words) + 2 * pad
    height = sum(word.shape[0] + pad for word in words) + pad
    sheet = Image.new("L", (width, height))
    y = pad
    for word in words:
        sheet.paste(Image.fromarray(word), ((width - word.shape[1]) // 2, y))
        y += word.shape[0] + pad
    pen = ImageDraw.Draw(sheet)
    thick = max(1, round(rng.uniform(0.2, 0.8) * canvas.scale))
    shape = rng.integers(3)
    if shape == 0:
        pen.rectangle((0, 0, width - 1, height - 1), outline=255, width=thick)
    elif shape == 1:
        pen.rounded_rectangle((0, 0, width - 1, height - 1), pad, outline=255, width=thick)
    turned = sheet.rotate(float(rng.normal(0, 12)), Image.Resampling.BILINEAR, expand=True)
    x, y_px = canvas.px(np.array(place_mm))
    canvas.lay("print", np.asarray(turned), (int(x), int(y_px)), rgb, float(rng.uniform(0.4, 1)))


def logo(canvas: Canvas, rng: np.random.Generator, place_mm: tuple[float, float]) -> None:
    """Print a maker's mark: a few filled shapes and a word."""
    rgb = hsv(rng.random(), rng.uniform(0.3, 1), rng.uniform(0.1, 0.9))
    size = rng.uniform(3, 10)
    for _ in range(int(rng.integers(1, 4))):
        angles = np.sort(rng.uniform(0, 2 * np.pi, int(rng.integers(3, 9))))
        shape = np.array(place_mm) + size * rng.uniform(0.4, 1) * np.column_stack([np.cos(angles), np.sin(angles)])
        canvas.fill("print", shape, rgb)
    write(canvas, phrase(rng, 1, 1).upper(), (place_mm[0] + size * 1.2, place_mm[1]), random_face(rng, 3, 9), rgb)


def bars(canvas: Canvas, rng: np.random.Generator, place_mm: tuple[float, float], rgb: Rgb) -> None:
    """Print a bar code or a square code."""
    cell = max(1, round(rng.uniform(0.25, 0.7) * canvas.scale))
    if rng.random() < 0.6:
        code: Pixels = np.where(rng.random(int(rng.integers(40, 100))) < 0.5, 255, 0).astype(np.uint8)
        ink = code[None].repeat(cell, axis=1).repeat(round(rng.uniform(5, 12) * canvas.scale), axis=0)
    else:
        side = int(rng.integers(15, 33))
        code = np.where(rng.random((side, side)) < 0.5, 255, 0).astype(np.uint8)
        ink = code.repeat(cell, axis=0).repeat(cell, axis=1)
    x, y = canvas.px(np.array(place_mm))
    canvas.lay("print", ink, (int(x), int(y)), rgb)


def table(canvas: Canvas, rng: np.random.Generator, place_mm: tuple[float, float], face: Face, rgb: Rgb) -> None:
    """Print a table: ruled or not, words and values in its cells."""
    rows, columns = int(rng.integers(2, 10)), int(rng.integers(2, 6))
    high, wide = face.size_mm * rng.uniform(1.3, 2.2), face.size_mm * rng.uniform(4, 10)
    x, y = place_mm
    for row in range(rows):
        for column in range(columns):
            write(canvas, phrase(rng, 1, 1), (x + column * wide + 0.6, y + (row + 0.5) * high), face, rgb)
    if rng.random() < 0.7:
        rules = [np.array([(x, y + row * high), (x + columns * wide, y + row * high)]) for row in range(rows + 1)]
        if rng.random() < 0.7:
            rules += [np.array([(x + at * wide, y), (x + at * wide, y + rows * high)]) for at in range(columns + 1)]
        canvas.draw("print", rules, log_uniform(rng, 0.1, 0.5), rgb)


def hidden_box(canvas: Canvas, rng: np.random.Generator, place_mm: tuple[float, float]) -> None:
    """Print a filled box, as over a name that is not to be read."""
    x, y = place_mm
    rgb = (0, 0, 0) if rng.random() < 0.5 else hsv(rng.random(), rng.uniform(0, 0.3), rng.uniform(0.4, 1))
    canvas.fill("print", box_outline((x, y, x + rng.uniform(8, 50), y + rng.uniform(2, 6))), rgb)
