"""Facts about a page with the source of each, and the corrections applied to the image."""

from __future__ import annotations

from ecgviz.study import Study
from preprocessing.leads import PAGE_SECONDS

SOURCE = {
    "grid": "from the grid",
    "columns": "from the columns",
    "pulse": "from the pulse",
    "print": "as printed",
    "assumed": "assumed",
    "by_hand": "set by hand",
}
TIMES = "\N{MULTIPLICATION SIGN}"
# Scales along x and y that differ by no more are shown as one.
LEAST_DIFFERENCE = 0.01
LEAST_TURN_DEG, UPSIDE_DOWN_DEG = 0.05, 150.0
SECONDS_SLACK = 0.1
PROBABILITY = (
    "How probable this layout is beside all others that fit the page, by what supports each; below 90 % it is doubted."
)
CHECKS = (
    "Share of independent checks that agree, not a probability; a check that the page leaves open counts half. "
    "The checks: calibration pulses, lines between leads, limb lead laws, column length, rows, ink in every box and, "
    "where needed, printed names."
)
ORDERS = {"standard": "Layout", "cabrera": "Layout, Cabrera"}


def figures(study: Study) -> list[tuple[str, str, str | None]]:
    """Return label, value and, where needed, a note of each fact; the reading time comes last."""
    return [*what_was_read(study), ("Read in", f"{sum(study.read_seconds.values()):.1f} s", None)]


def what_was_read(study: Study) -> list[tuple[str, str, str | None]]:
    """Return the same without the reading time, which varies."""
    page, layout = study.page, study.layout
    shown: list[tuple[str, str, str | None]] = [
        (ORDERS[layout.form.order], in_words(layout.form.arrangement), None),
        ("Checks passed", f"{layout.confidence:.0%}", CHECKS)
        if study.corrections is None
        else ("Checks passed", "set by hand", None),
        *([] if layout.probability is None else [("Its probability", f"{layout.probability:.1%}", PROBABILITY)]),
        ("Leads", _leads(study), None),
        (f"Speed, {SOURCE[page.speed_from]}", f"{page.speed_mm_s:g} mm/s", None),
        (f"Gain, {SOURCE[page.gain_from]}", f"{page.gain_mm_mv:g} mm/mV", None),
        (f"Scale, {SOURCE[page.scale_from]}", _scale(page.px_per_mm_x, page.px_per_mm_y), None),
    ]
    if abs(layout.seconds - PAGE_SECONDS) > SECONDS_SLACK:
        shown.append(("Duration", f"{layout.seconds:.1f} s", None))
    if page.flattening is not None or lies_turned(study):
        shown.append(("Page, flattened" if page.flattening is not None else "Page", _turn(study), None))
    if study.page.is_lit_evenly:
        shown.append(("Light", "evened", None))
    return shown


def what_was_done(study: Study) -> str | None:
    """Return the corrections applied to the image before the leads were found; None without any."""
    done = []
    if study.page.flattening is not None:
        done.append("the page was flattened along its grid")
    if study.page.turn.quarters:
        done.append("the page was turned upright")
    if study.page.turn.mirrored:
        done.append("the mirror image was reversed")
    if study.page.is_lit_evenly:
        done.append("the light was evened")
    if not done:
        return None
    sentence = done[0] if len(done) == 1 else f"{', '.join(done[:-1])} and {done[-1]}"
    return f"{sentence[0].upper()}{sentence[1:]}."


def lies_turned(study: Study) -> bool:
    """Return whether the page is turned, on its side or mirrored in the image."""
    return abs(study.page.rotation_deg) >= LEAST_TURN_DEG or study.page.turn.mirrored


def in_words(layout: str) -> str:
    """Return the display name of a layout.

    Examples
    --------
    >>> in_words("3x4+1")
    '3 \u00d7 4 + 1'
    >>> in_words("6x2 Cabrera")
    '6 \u00d7 2, Cabrera'
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
    # Clockwise is right.
    return f"{abs(degrees):.1f}\N{DEGREE SIGN} {'right' if degrees > 0 else 'left'}"


def _scale(px_per_mm_x: float, px_per_mm_y: float) -> str:
    if abs(px_per_mm_x / px_per_mm_y - 1) < LEAST_DIFFERENCE:
        return f"{(px_per_mm_x + px_per_mm_y) / 2:.2f} px/mm"
    return f"{px_per_mm_x:.1f} {TIMES} {px_per_mm_y:.1f}"
