"""Arguments that several commands share, and those of the stages."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from typing import Any

from preprocessing.stages import SIGMA_MAX, StageSettings


def add_report_files(parser: ArgumentParser, name: str = "file", **more: Any) -> None:
    """Add the reports to read; `more` goes to ``add_argument``."""
    parser.add_argument(
        name, metavar="FILE", help="image, PDF, DICOM or signals of a report, whatever its name", **more
    )


def add_no_models(parser: ArgumentParser) -> None:
    """Add ``--no-models``."""
    parser.add_argument("--no-models", action="store_true", help="do not run the networks, which take seconds to load")


def add_stage_settings(parser: ArgumentParser) -> None:
    """Add ``--sigma`` and ``--threshold-shift``."""
    article = StageSettings()
    smoothing = f"Gaussian smoothing of the stages, 0 to {SIGMA_MAX:g} px (default: %(default)g)"
    offset = "offset from Otsu's threshold, -1 to 1 in grey level (default: %(default)g)"
    parser.add_argument("--sigma", metavar="S", type=_sigma, default=article.sigma, help=smoothing)
    parser.add_argument("--threshold-shift", metavar="T", type=_shift, default=article.threshold_shift, help=offset)


def stage_settings(chosen: Namespace) -> StageSettings:
    """Return the settings of the stages that were chosen."""
    return StageSettings(sigma=chosen.sigma, threshold_shift=chosen.threshold_shift)


def _sigma(text: str) -> float:
    return _within(text, lambda value: StageSettings(sigma=value).sigma)


def _shift(text: str) -> float:
    return _within(text, lambda value: StageSettings(threshold_shift=value).threshold_shift)


def _within(text: str, checked: Callable[[float], float]) -> float:
    try:
        return checked(float(text))
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error
