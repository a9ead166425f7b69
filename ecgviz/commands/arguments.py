"""Arguments that several commands share."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any


def add_report_files(parser: ArgumentParser, name: str = "file", **more: Any) -> None:
    """Add the reports to read; `more` goes to ``add_argument``."""
    parser.add_argument(
        name, metavar="FILE", help="image, PDF, DICOM or signals of a report, whatever its name", **more
    )


def add_no_models(parser: ArgumentParser) -> None:
    """Add ``--no-models``."""
    parser.add_argument("--no-models", action="store_true", help="do not run the networks, which take seconds to load")
