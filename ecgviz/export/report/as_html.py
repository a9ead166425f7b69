"""The report as one self-contained HTML page: no script, no request, light and dark, and print.

The page is ``report.html.jinja`` with the style sheet ``report.css``; this module prepares what they show.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from ecgviz import DISCLAIMER
from ecgviz.drawing import data_url, shade_of
from ecgviz.export.report.content import Block, content_of
from ecgviz.export.report.options import ReportOptions
from ecgviz.export.report.sheets import SQUARES, UNITS_MM, Sheet
from ecgviz.study import Study

FOLDER = Path(__file__).parent


def report_html(study: Study, options: ReportOptions | None = None) -> bytes:
    """Write the report of a study as HTML, UTF-8. The same study and options give the same bytes."""
    return _template().render(content=content_of(study, options or ReportOptions())).encode()


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["kind_of"] = _kind_of
    environment.globals.update(
        disclaimer=DISCLAIMER,
        squares=SQUARES,
        style=(FOLDER / "report.css").read_text(encoding="utf-8"),
        shade_of=shade_of,
        data_url=data_url,
        mm=_mm,
        paths_of=_paths_of,
    )
    return environment.get_template("report.html.jinja")


def _kind_of(block: Block) -> str:
    return type(block).__name__.lower()


def _mm(units: int) -> str:
    return f"{units / UNITS_MM:g}mm"


def _paths_of(sheet: Sheet) -> list[tuple[str, str]]:
    """Return class and SVG path of a sheet's grid and lines."""
    return [
        ("thin", _grid(sheet.width, sheet.height, UNITS_MM)),
        ("thick", _grid(sheet.width, sheet.height, 5 * UNITS_MM)),
        ("border", _lines(sheet.borders)),
        ("trace", _lines([*sheet.pulses, *sheet.traces])),
    ]


def _grid(width: int, height: int, step: int) -> str:
    upright = "".join(f"M{x} 0V{height}" for x in range(0, width + 1, step))
    return upright + "".join(f"M0 {y}H{width}" for y in range(0, height + 1, step))


def _lines(lines: Iterable[np.ndarray]) -> str:
    return "".join(map(_line, lines))


def _line(points: np.ndarray) -> str:
    (x, y), steps = points[0], np.diff(points, axis=0)
    return f"M{x} {y}l{' '.join(map(str, steps.ravel().tolist()))}"
