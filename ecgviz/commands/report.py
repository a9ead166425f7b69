"""The command ``report``: one report as a PDF and as HTML."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ecgviz.commands.writing import written_from
from ecgviz.export.report import ReportOptions, report_html, report_pdf
from ecgviz.study import Study


def add_report(commands: Any) -> None:
    """Add the command to the parser's commands."""
    report = commands.add_parser(
        "report",
        help="one report as a PDF and as HTML, its header hidden",
        description="Read one report, ask the networks, and write it as a PDF, as a page of HTML that needs nothing "
        "but itself, or as both. What lies outside the traces is painted over, so that header and margins are not "
        "given away. Prints one JSON object: what was written, or why the file was refused. The exit code is 0 when "
        "it was read or refused, and 2 when a file could not be opened or written, or nothing was asked for.",
    )
    report.add_argument("file", metavar="FILE", help="image or PDF of a report; the content decides")
    report.add_argument("--pdf", metavar="OUT", type=Path, help="A4, the traces at 25 mm/s and 10 mm/mV")
    report.add_argument("--html", metavar="OUT", type=Path, help="the same as one self-contained page")
    report.add_argument("--show-header", action="store_true", help="leave header and margins in the picture")
    report.add_argument("--no-models", action="store_true", help="do not ask the networks, which takes seconds to load")
    report.set_defaults(run=write_report)


def write_report(chosen: argparse.Namespace) -> int:
    """Run ``report`` and return its exit code."""
    if not (chosen.pdf or chosen.html):
        print("Say what to write: --pdf OUT or --html OUT.", file=sys.stderr)
        return 2
    return written_from(chosen.file, lambda study: _files(study, chosen), with_models=not chosen.no_models)


def _files(study: Study, chosen: argparse.Namespace) -> list[tuple[Path, bytes]]:
    options = ReportOptions(hide_margins=not chosen.show_header)
    kinds = [(chosen.pdf, report_pdf), (chosen.html, report_html)]
    return [(path, write(study, options)) for path, write in kinds if path]
