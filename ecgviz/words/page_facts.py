"""What was read off a page, as figures with where each comes from, and what was done to the page before."""

from __future__ import annotations

import numpy as np

from ecgviz.study import Study
from preprocessing.leads import PAGE_SECONDS

SOURCE = {
    "grid": "by the grid",
    "columns": "by columns",
    "pulse": "by the pulse",
    "print": "as printed",
    "assumed": "assumed",
    "by_hand": "by hand",
}
TIMES = "\N{MULTIPLICATION SIGN}"
ALIKE = 0.01
LEAST_TURN_DEG, UPSIDE_DOWN_DEG = 0.05, 150.0
SECONDS_SLACK = 0.1
# Evening out the light makes a page brighter by more than so many of 255 grey values; laying it flat does not.
EVENED, SAMPLED = 2.0, 120
CHECKS = (
    "The share of independent checks that agree, not a probability; one that the page does not tell counts half. "
    "Asked are the calibration pulses, the lines between leads, the laws of the limb leads, the length of the columns, "
    "the rows, the ink in every box, and where they were needed the printed names."
)
ORDERS = {"standard": "Layout", "cabrera": "Layout, Cabrera"}


def figures(study: Study) -> list[tuple[str, str, str | None]]:
    """Return label, value and, where one is needed, an explanation; how long the reading took stands last."""
    return [*what_was_read(study), ("Read in", f"{sum(study.read_seconds.values()):.1f} s", None)]


def what_was_read(study: Study) -> list[tuple[str, str, str | None]]:
    """Return the same without the time, which is another at every reading."""
    page, layout = study.page, study.layout
    shown: list[tuple[str, str, str | None]] = [
        (ORDERS[layout.form.order], in_words(layout.form.arrangement), None),
        ("Checks met", f"{layout.confidence:.0%}", CHECKS)
        if study.corrections is None
        else ("Checks met", "set by hand", None),
        ("Leads", _leads(study), None),
        (f"Speed, {SOURCE[page.speed_from]}", f"{page.speed_mm_s:g} mm/s", None),
        (f"Gain, {SOURCE[page.gain_from]}", f"{page.gain_mm_mv:g} mm/mV", None),
        (f"Scale, {SOURCE[page.scale_from]}", _scale(page.px_per_mm_x, page.px_per_mm_y), None),
    ]
    if abs(layout.seconds - PAGE_SECONDS) > SECONDS_SLACK:
        shown.append(("The page shows", f"{layout.seconds:.1f} s", None))
    if page.flattening is not None or lies_turned(study):
        shown.append(("Page, laid flat" if page.flattening is not None else "Page", _turn(study), None))
    if light_was_evened(study):
        shown.append(("Light", "evened out", None))
    return shown


def what_was_done(study: Study) -> str | None:
    """Say what was done to the picture before leads were looked for; None where it is the page as it came."""
    done = []
    if study.page.flattening is not None:
        done.append("the page was laid flat by its grid")
    if study.page.turn.quarters:
        done.append("the page was turned upright")
    if study.page.turn.mirrored:
        done.append("the mirrored page was turned over")
    if light_was_evened(study):
        done.append("its light was evened out")
    if not done:
        return None
    sentence = done[0] if len(done) == 1 else f"{', '.join(done[:-1])} and {done[-1]}"
    return f"{sentence[0].upper()}{sentence[1:]}."


def lies_turned(study: Study) -> bool:
    """Tell whether the page lies turned, on its side or mirrored in the picture."""
    return abs(study.page.rotation_deg) >= LEAST_TURN_DEG or study.page.turn.mirrored


def light_was_evened(study: Study) -> bool:
    """Tell whether the page is brighter than the picture at the same places."""
    page, picture = study.page.rgb, study.image.rgb
    if page is picture:
        return False
    rows, columns = (np.linspace(0, size - 1, SAMPLED).astype(int) for size in page.shape[:2])
    places = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)
    x, y = np.rint(study.page.to_picture(places)).astype(int).T
    inside = (x >= 0) & (x < picture.shape[1]) & (y >= 0) & (y < picture.shape[0])
    before, after = picture[y[inside], x[inside]], page[places[inside, 1], places[inside, 0]]
    return bool(after.mean() - before.mean() > EVENED)


def in_words(layout: str) -> str:
    """Write a layout's name as a person reads it.

    Examples
    --------
    >>> in_words("3x4+1")
    '3 \\u00d7 4 + 1'
    >>> in_words("6x2 Cabrera")
    '6 \\u00d7 2, Cabrera'
    """
    return layout.replace("x", f" {TIMES} ").replace("+", " + ").replace(" Cabrera", ", Cabrera")


def _leads(study: Study) -> str:
    strips = [box.lead for box in study.layout.boxes if box.is_strip]
    twelve = len(study.layout.boxes) - len(strips)
    return f"{twelve} + {', '.join(strips)}" if strips else f"{twelve}"


def _turn(study: Study) -> str:
    if study.page.turn.mirrored:
        return "mirrored"
    degrees = study.page.rotation_deg
    if abs(degrees) < LEAST_TURN_DEG:
        return "upright"
    if abs(degrees) > UPSIDE_DOWN_DEG:
        return "upside down"
    # Clockwise is what hands call to the right.
    return f"{abs(degrees):.1f}\N{DEGREE SIGN} {'right' if degrees > 0 else 'left'}"


def _scale(px_per_mm_x: float, px_per_mm_y: float) -> str:
    if abs(px_per_mm_x / px_per_mm_y - 1) < ALIKE:
        return f"{(px_per_mm_x + px_per_mm_y) / 2:.2f} px/mm"
    return f"{px_per_mm_x:.1f} {TIMES} {px_per_mm_y:.1f}"
