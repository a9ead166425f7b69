"""One sheet of traces as vector lines of a PDF, in units of a hundredth of a millimetre."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from ecgviz.export.report.sheets import UNITS_MM, Label, Sheet

FONT, BOLD = "Vera", "VeraBd"
POINTS_PER_MM = 72 / 25.4
PAPER, INK, QUIET = colors.HexColor("#fffdfb"), colors.HexColor("#16191a"), colors.HexColor("#4d5b5d")
# Red, green and blue, and the width of a line in hundredths of a millimetre.
THIN, THICK = ("0.957 0.835 0.812", 10), ("0.890 0.655 0.616", 18)
TRACE, BORDER = ("0.086 0.098 0.102", 28), ("0.373 0.498 0.518", 12)
# Of another report that lies over the first: another hue, and dashed, so that colour is not all that tells them apart.
OTHER, DASHES = ("0.706 0.329 0.039", 28), "[120 60] 0 d"
NAME_PT, SECOND_PT = 9, 7


class PdfSheet(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A sheet to scale."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet
        self.width, self.height = (size / UNITS_MM * mm for size in (sheet.width, sheet.height))

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas: Canvas = self.canv
        canvas.setFillColor(PAPER)
        canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        unit = POINTS_PER_MM / UNITS_MM
        canvas.saveState()
        # With all decimals, which keeps the scale exact.
        canvas.addLiteral(f"{unit:.10f} 0 0 {-unit:.10f} 0 {self.height:.6f} cm 1 J 1 j")
        for step, look in ((UNITS_MM, THIN), (5 * UNITS_MM, THICK)):
            self._stroke(self._ruling(step), look)
        self._stroke(self.sheet.borders, BORDER)
        self._stroke([*self.sheet.pulses, *self.sheet.traces], TRACE)
        if self.sheet.others:
            canvas.addLiteral(DASHES)
            self._stroke(self.sheet.others, OTHER)
        canvas.restoreState()
        for label in self.sheet.names:
            self._plate(label)
            self._write(label, BOLD, NAME_PT, INK)
        for label in self.sheet.seconds:
            self._write(label, FONT, SECOND_PT, QUIET)

    def _ruling(self, step: int) -> list[np.ndarray]:
        width, height = self.sheet.width, self.sheet.height
        upright = [np.array([(x, 0), (x, height)]) for x in range(0, width + 1, step)]
        return [*upright, *(np.array([(0, y), (width, y)]) for y in range(0, height + 1, step))]

    def _stroke(self, lines: Iterable[np.ndarray], look: tuple[str, int]) -> None:
        colour, width = look
        code = [f"{colour} RG {width} w"]
        for points in lines:
            (x, y), *others = points.tolist()
            code.append(f"{x} {y} m " + " ".join(f"{x} {y} l" for x, y in others))
        self.canv.addLiteral("\n".join([*code, "S"]))

    def _plate(self, label: Label) -> None:
        """Draw a background under a name, which keeps it legible on the grid."""
        self.canv.setFillColor(PAPER)
        left, baseline = self._place(label)
        wide = stringWidth(label.text, BOLD, NAME_PT) + 2
        self.canv.rect(left - 1, baseline - 2, wide, NAME_PT + 1, stroke=0, fill=1)

    def _write(self, label: Label, font: str, size_pt: float, colour: colors.Color) -> None:
        self.canv.setFont(font, size_pt)
        self.canv.setFillColor(colour)
        self.canv.drawString(*self._place(label), label.text)

    def _place(self, label: Label) -> tuple[float, float]:
        return label.x / UNITS_MM * mm, self.height - label.y / UNITS_MM * mm
