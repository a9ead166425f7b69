"""A drawn page with what is known of it: where each lead is printed, and every sample.

The generators of this folder are for tests and benchmarks alone: no page that a network is trained on comes from them,
and they share no drawing with `sample_images`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from preprocessing.lead_id import OfLead, Role

RATE_HZ = 500
MM_PER_INCH = 25.4


@dataclass(frozen=True)
class Form:
    """A layout: its name, the leads beside each other row by row, and the strips below them."""

    name: str
    grid: tuple[tuple[str, ...], ...]
    strips: tuple[str, ...]

    @property
    def columns(self) -> int:
        """Leads beside each other."""
        return len(self.grid[0])

    @property
    def rows(self) -> int:
        """Rows of trace, strips included."""
        return len(self.grid) + len(self.strips)


@dataclass(frozen=True)
class Place(OfLead):
    """Where a lead is printed: its first sample at 0 mV, in mm of the page, and the seconds of the record shown."""

    x_mm: float
    baseline_mm: float
    start_s: float
    seconds: float


@dataclass(frozen=True)
class KnownLead(OfLead):
    """A printed lead: from `start_s` to `end_s` of the record, its line in mV at `RATE_HZ`, and the line's pixels.

    `line_px` are x and y of each sample, shape (n, 2); (0, 0) is the picture's upper left corner.
    """

    start_s: float
    mv: np.ndarray
    line_px: np.ndarray

    @property
    def end_s(self) -> float:
        """Second at which its last sample is printed."""
        return self.start_s + (self.mv.size - 1) / RATE_HZ


@dataclass(frozen=True)
class KnownPage:
    """A page: picture, shape (rows, columns, 3), uint8; name of its layout; its leads; how it looks, for a person."""

    image: np.ndarray
    layout: str
    leads: tuple[KnownLead, ...]
    dpi: float
    looks: str

    @property
    def truth(self) -> dict[str, np.ndarray]:
        """The samples of each lead by its key, in mV at `RATE_HZ`."""
        return {lead.key: lead.mv for lead in self.leads}


@dataclass(frozen=True)
class Sheet:
    """Where rows and columns of leads go on a page, in mm.

    Attributes
    ----------
    left_mm, top_mm : upper left corner of the first row's first lead
    row_mm, strip_mm : height of a row of leads, and of a strip
    column_s : seconds that a column shows
    strip_s : seconds that a strip shows
    gap_mm : paper between columns
    together : whether all columns show the same seconds
    """

    left_mm: float
    top_mm: float
    row_mm: float
    strip_mm: float
    column_s: float
    strip_s: float
    speed_mm_s: float = 25.0
    gain_mm_mv: float = 10.0
    gap_mm: float = 0.0
    together: bool = False

    def places(self, form: Form) -> Iterator[Place]:
        """Yield where each lead of a layout goes, row by row."""
        for row, leads in enumerate(form.grid):
            baseline_mm = self.top_mm + (row + 0.55) * self.row_mm
            for column, lead in enumerate(leads):
                x_mm = self.left_mm + column * (self.column_s * self.speed_mm_s + self.gap_mm)
                start_s = 0.0 if self.together else column * self.column_s
                yield Place(lead, Role.TWELVE_LEAD, x_mm, baseline_mm, start_s, self.column_s)
        for row, lead in enumerate(form.strips):
            baseline_mm = self.top_mm + len(form.grid) * self.row_mm + (row + 0.55) * self.strip_mm
            yield Place(lead, Role.RHYTHM, self.left_mm, baseline_mm, 0.0, self.strip_s)

    def width_mm(self, form: Form) -> float:
        """Return the width of its rows."""
        columns_mm = form.columns * self.column_s * self.speed_mm_s + (form.columns - 1) * self.gap_mm
        return max(columns_mm, self.strip_s * self.speed_mm_s if form.strips else 0.0)

    def height_mm(self, form: Form) -> float:
        """Return the height of its rows."""
        return len(form.grid) * self.row_mm + len(form.strips) * self.strip_mm


@dataclass(frozen=True)
class Line:
    """A lead's line as a pen draws it, x and y in mm, and the samples that it goes through, in mV at `RATE_HZ`."""

    place: Place
    points_mm: np.ndarray
    mv: np.ndarray

    def known(self, sheet: Sheet, px_per_mm: tuple[float, float]) -> KnownLead:
        """Return what is known of it in a picture of this many pixels a mm along x and y."""
        x_mm = self.place.x_mm + np.arange(self.mv.size) / RATE_HZ * sheet.speed_mm_s
        y_mm = self.place.baseline_mm - self.mv * sheet.gain_mm_mv
        line_px = np.column_stack([x_mm, y_mm]) * px_per_mm
        return KnownLead(self.place.lead, self.place.role, self.place.start_s, self.mv, line_px)


def lines_of(record: Mapping[str, np.ndarray], form: Form, sheet: Sheet, rate_hz: int = RATE_HZ) -> Sequence[Line]:
    """Return the line of each lead of a record: straight between samples that a program draws at `rate_hz`."""
    step = RATE_HZ // rate_hz
    lines = []
    for place in sheet.places(form):
        first = round(place.start_s * RATE_HZ)
        whole = record[place.lead][first : first + round(place.seconds * RATE_HZ)]
        # The line ends at the last sample that is drawn.
        at = np.arange((whole.size - 1) // step * step + 1)
        mv = np.interp(at, at[::step], whole[at[::step]])
        x_mm = place.x_mm + at[::step] / RATE_HZ * sheet.speed_mm_s
        lines.append(Line(place, np.column_stack([x_mm, place.baseline_mm - mv[::step] * sheet.gain_mm_mv]), mv))
    return lines


def pulse_mm(x_mm: float, baseline_mm: float, sheet: Sheet, foot_mm: float = 1.0) -> np.ndarray:
    """Return the corners of a calibration pulse of 1 mV and 0.2 s, from the start of its foot, x and y in mm."""
    x = x_mm + np.cumsum([0, foot_mm, 0, 0.2 * sheet.speed_mm_s, 0, foot_mm])
    return np.column_stack([x, baseline_mm - sheet.gain_mm_mv * np.array([0, 0, 1, 1, 0, 0])])


def png(image: np.ndarray) -> bytes:
    """Return a picture as the content of a PNG file."""
    stream = io.BytesIO()
    # The least effort: the file lives for one reading.
    Image.fromarray(image).save(stream, "PNG", compress_level=1)
    return stream.getvalue()
