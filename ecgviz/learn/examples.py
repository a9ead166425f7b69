"""Simulated reports of known truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ecgviz.drawing import pictures
from ecgviz.study import Outline
from preprocessing.lead_id import LeadId, Role
from sample_images import (
    LEADS,
    QUIET,
    RHYTHMS,
    Camera,
    Drawing,
    Noise,
    PageStyle,
    Recording,
    draw_page,
    photograph,
    project,
    simulate,
    twelve_leads,
)

# For the screen; for the screen through the slow camera model; for a file that is opened and read.
SHOWN_DPI, CAPTURED_DPI, OPENED_DPI = 100, 85, 150
NOISES = {
    "none": QUIET,
    "usual": Noise(),
    "restless": Noise(wander_mv=0.10, hum_mv=0.01, muscle_mv=0.03),
    "heavy": Noise(wander_mv=0.25, hum_mv=0.03, muscle_mv=0.06),
}
CAMERAS = {"none": "As exported", "scan": "Scanned", "photo": "Photographed"}
NO_BEATS = "none: no separate beats"


@dataclass(frozen=True)
class Example:
    """Settings of the simulator; a `heart_rate_bpm` of None is the rhythm's own rate, or no rate if it has no beats."""

    rhythm: str = "normal-sinus"
    heart_rate_bpm: int | None = None
    noise: str = "usual"
    layout: str = "3x4+1"
    grid: str = "red"
    camera: str = "none"
    seed: int = 0

    @property
    def title(self) -> str:
        """The name of the rhythm."""
        return RHYTHMS[self.rhythm].title


@dataclass(frozen=True, eq=False)
class Drawn:
    """A simulated recording, and the page drawn from it with its truth."""

    recording: Recording
    drawing: Drawing


def shown(example: Example) -> Drawn:
    """Draw an example for the screen."""
    return drawn(example, SHOWN_DPI if example.camera == "none" else CAPTURED_DPI)


def drawn(example: Example, dpi: int) -> Drawn:
    """Simulate and draw an example: the same example always gives the same page."""
    recording = simulate(example.rhythm, example.heart_rate_bpm, example.seed, noise=NOISES[example.noise])
    drawing = draw_page(recording, PageStyle(layout=example.layout, grid=example.grid, dpi=dpi))
    if example.camera != "none":
        camera = Camera.photo(example.seed) if example.camera == "photo" else Camera.scan(example.seed)
        drawing = photograph(drawing, camera)
    return Drawn(recording, drawing)


def as_file(example: Example) -> bytes:
    """Return an example as the image file of a report, at a resolution that can be read."""
    return pictures.png(drawn(example, OPENED_DPI).drawing.image, max_width_px=10_000)


def file_name(example: Example) -> str:
    """Name an example's file."""
    return f"simulated_{example.rhythm}_{example.seed}.png"


def outlines(drawing: Drawing, leads: tuple[str, ...]) -> list[Outline]:
    """Outline some leads of a page, their rhythm strips included."""
    return [
        Outline(lead, one.quad)
        for one in drawing.leads
        for lead in [LeadId(one.lead, Role(one.role))]
        if lead.electrode in leads
    ]


def truth(example: Example, recording: Recording) -> list[tuple[str, str]]:
    """Return the truth of an example as labels and values.

    Rate and RR intervals are measured on the simulated beats; PR, QRS and QT are the settings of the simulator.
    """
    kind = RHYTHMS[example.rhythm]
    known = [("Rhythm", kind.title), ("Class", kind.label)]
    if kind.beat is None or recording.heart_rate_bpm is None:
        return [*known, ("Heart rate", NO_BEATS)]
    rr_s = np.diff(recording.r_times_s)
    beat = kind.beat
    return [
        *known,
        ("Heart rate", f"{recording.heart_rate_bpm:.0f} bpm"),
        ("RR intervals", f"{1000 * rr_s.min():.0f} to {1000 * rr_s.max():.0f} ms"),
        ("PR", "no P wave" if beat.p_mv is None else f"{1000 * beat.pr_s:.0f} ms"),
        ("QRS", f"{1000 * beat.qrs_s:.0f} ms"),
        ("QT", f"{1000 * beat.qt_s(float(rr_s.mean())):.0f} ms"),
    ]


def st_shifts_mv(rhythm: str) -> dict[str, float]:
    """Return the simulated ST shift of each lead, mV above the baseline."""
    beat = RHYTHMS[rhythm].beat
    assert beat is not None
    shifts = twelve_leads(project(np.array(beat.st_mv)[:, None]))[:, 0]
    return dict(zip(LEADS, shifts.tolist(), strict=True))
