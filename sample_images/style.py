"""The style of a page as data, in millimetres from its top left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sample_images.layouts import LAYOUTS, Layout

Rgb = tuple[int, int, int]
Box = tuple[float, float, float, float]

MM_PER_INCH = 25.4
DPI_RANGE = (50, 600)


@dataclass(frozen=True)
class Grid:
    """A printed grid: colours and widths of its 1 mm and 5 mm lines or dots, and of the paper."""

    small_rgb: Rgb
    big_rgb: Rgb
    paper_rgb: Rgb = (255, 255, 255)
    dotted: bool = False
    small_width_mm: float = 0.10
    big_width_mm: float = 0.22


GRIDS: dict[str, Grid | None] = {
    "dots": Grid((190, 182, 180), (124, 100, 102), dotted=True),
    "red": Grid((247, 196, 196), (232, 128, 128), (255, 250, 249)),
    "blue": Grid((198, 214, 240), (130, 160, 215), (250, 252, 255)),
    "green": Grid((196, 226, 204), (122, 184, 142), (250, 255, 251)),
    "grey": Grid((222, 222, 222), (176, 176, 176)),
    "none": None,
}


@dataclass(frozen=True)
class Text:
    """A line of text; `x_mm`, `y_mm` is the position of its Pillow `anchor`: "l", "m" or "r", then "s"."""

    text: str
    x_mm: float
    y_mm: float
    size_mm: float = 3.2
    anchor: str = "ls"


@dataclass(frozen=True)
class PageStyle:
    """A page; the default is A4 landscape, ten seconds wide at 25 mm/s.

    Attributes
    ----------
    chart_mm : left, top, right and bottom of the squared paper
    grid_origin_mm : a crossing of 5 mm lines; None is the chart's corner
    trace_left_mm, trace_width_mm : start of the time axis and its length
    baselines_mm : 0 mV of each row; None distributes rows evenly over the chart
    pulse_mm : gap to the trace, foot and width of the calibration pulse
    name_mm : offset of a lead's name from the start of its baseline
    texts : header and footer; `{speed}`, `{gain}`, `{rate}`, `{layout}` and `{seed}` are filled in
    rules_mm : left, y, right and thickness of ruled lines
    """

    layout: str = "3x4+1"
    speed_mm_s: float = 25.0
    gain_mm_mv: float = 10.0
    dpi: int = 200
    width_mm: float = 297.0
    height_mm: float = 210.0
    grid: str = "red"
    calibration: Literal["left", "right", "none"] = "left"
    dividers: Literal["short", "full", "none"] = "short"
    names: bool = True
    ink_width_mm: float = 0.30
    ink_rgb: Rgb = (18, 18, 22)
    chart_mm: Box = (6.0, 25.0, 291.0, 200.0)
    grid_origin_mm: tuple[float, float] | None = None
    frame_rgb: Rgb | None = None
    trace_left_mm: float = 26.0
    trace_width_mm: float = 250.0
    baselines_mm: tuple[float, ...] | None = None
    pulse_mm: tuple[float, float, float] = (2.0, 1.0, 5.0)
    name_mm: tuple[float, float] = (1.0, -6.5)
    name_size_mm: float = 3.6
    texts: tuple[Text, ...] = (
        Text("12-lead ECG", 8, 11, 5.0),
        Text("Drawn with known truth: no patient", 8, 18),
        Text("No. {seed}", 289, 11, anchor="rs"),
        Text("{speed}mm/s  {gain}mm/mV  0.67-25Hz", 8, 206),
        Text("{layout}", 289, 206, anchor="rs"),
    )
    rules_mm: tuple[Box, ...] = ()

    def __post_init__(self) -> None:
        for name, value, known in (("layout", self.layout, LAYOUTS), ("grid", self.grid, GRIDS)):
            if value not in known:
                raise ValueError(f"no {name} is called {value!r}; there are {', '.join(known)}")
        if not DPI_RANGE[0] <= self.dpi <= DPI_RANGE[1]:
            raise ValueError(f"dpi lies within {DPI_RANGE[0]} and {DPI_RANGE[1]}, not {self.dpi}")
        if min(self.speed_mm_s, self.gain_mm_mv) <= 0:
            raise ValueError("speed and gain are positive")

    @property
    def px_per_mm(self) -> float:
        """Pixels per millimetre."""
        return self.dpi / MM_PER_INCH

    @property
    def plan(self) -> Layout:
        """Layout of the leads."""
        return LAYOUTS[self.layout]

    @property
    def shape_px(self) -> tuple[int, int]:
        """Height and width of the image."""
        return round(self.height_mm * self.px_per_mm), round(self.width_mm * self.px_per_mm)

    @property
    def row_pitch_mm(self) -> float:
        """Distance between neighbouring baselines."""
        if self.baselines_mm is not None and len(self.baselines_mm) > 1:
            return self.baselines_mm[1] - self.baselines_mm[0]
        return (self.chart_mm[3] - self.chart_mm[1]) / self.plan.row_count

    @property
    def row_baselines_mm(self) -> tuple[float, ...]:
        """0 mV of each row, strips last."""
        if self.baselines_mm is not None:
            return self.baselines_mm
        # R waves are taller than S waves are deep, so 0 mV lies slightly below the middle of its row.
        top_mm = self.chart_mm[1]
        return tuple(top_mm + (row + 0.55) * self.row_pitch_mm for row in range(self.plan.row_count))


def edan_style(grid: str = "dots") -> PageStyle:
    """Return the page that an EDAN SE-3 prints: 3x4+1 on 281 x 200 mm, 2213 x 1572 pixels at 200 dpi."""
    return PageStyle(
        width_mm=281.05,
        height_mm=199.6,
        grid=grid,
        dividers="full",
        ink_width_mm=0.38,
        ink_rgb=(4, 4, 4),
        chart_mm=(8.8, 36.1, 276.2, 192.6),
        grid_origin_mm=(13.4, 41.2),
        frame_rgb=(232, 169, 172),
        trace_left_mm=19.35,
        baselines_mm=(58.85, 97.1, 135.4, 173.65),
        pulse_mm=(2.7, 1.2, 2.1),
        name_mm=(0.1, -0.6),
        name_size_mm=3.3,
        texts=(
            Text("ECG REPORT", 144, 7.5, 4.6, "ms"),
            Text("ID : {seed}", 8.8, 11.8),
            Text("Years        Male               cm               kg", 41, 11.8),
            Text("/     mmHg        Race:Unknown        Room No.:        Department:", 115, 11.8),
            Text("Exam.Room:        Medication:", 8.8, 16.0),
            Text("Diagnosis Information:   drawn with known truth, no patient", 8.8, 21.6),
            Text("Technician :", 197.5, 25.8),
            Text("Ref-Phys. :", 197.5, 30.0),
            Text("Report Confirmed by:", 197.5, 34.2),
            Text("0.67~25Hz  AC50  {speed}mm/s  {gain}mm/mV  4*2.5s+1r  HR {rate}", 8.8, 197.2, 2.6),
        ),
        rules_mm=((8.8, 17.5, 273.5, 0.5), (8.8, 18.3, 273.5, 0.5)),
    )
