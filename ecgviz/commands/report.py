"""The command ``report``: write one report as PDF or HTML."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ecgviz.commands.arguments import add_no_models, add_report_files
from ecgviz.commands.writing import written_from
from ecgviz.export import dicom_report
from ecgviz.export.report import ReportOptions, report_html, report_pdf
from ecgviz.study import Study


def add_report(commands: Any) -> None:
    """Add the command to the parser's commands."""
    report = commands.add_parser(
        "report",
        help="write one report as PDF, HTML or DICOM, its header hidden",
        description="Read one report, predict its class, and write a PDF, a self-contained HTML page, a DICOM object "
        "with the PDF, or several of them. Header and margins are painted over. Prints one JSON object: the files "
        "written, or the refusal. The exit code is 0 if the report was read or refused, and 2 if a file could not be "
        "opened or written, or no output was given.",
    )
    add_report_files(report)
    report.add_argument("--pdf", metavar="OUT", type=Path, help="A4, traces at 25 mm/s and 10 mm/mV")
    report.add_argument("--html", metavar="OUT", type=Path, help="the same as one self-contained page")
    report.add_argument("--dicom", metavar="OUT", type=Path, help="the PDF as a DICOM object")
    report.add_argument("--show-header", action="store_true", help="keep header and margins in the image")
    add_no_models(report)
    report.set_defaults(run=write_report)


def write_report(chosen: argparse.Namespace) -> int:
    """Run ``report`` and return its exit code."""
    if not (chosen.pdf or chosen.html or chosen.dicom):
        print("Give an output: --pdf OUT, --html OUT or --dicom OUT.", file=sys.stderr)
        return 2
    return written_from(chosen.file, lambda study: _files(study, chosen), with_models=not chosen.no_models)


def _files(study: Study, chosen: argparse.Namespace) -> list[tuple[Path, bytes]]:
    options = ReportOptions(hide_margins=not chosen.show_header)
    kinds = [(chosen.pdf, report_pdf), (chosen.html, report_html), (chosen.dicom, _dicom)]
    return [(path, write(study, options)) for path, write in kinds if path]


def _dicom(study: Study, options: ReportOptions) -> bytes:
    return dicom_report(study, report_pdf(study, options))
