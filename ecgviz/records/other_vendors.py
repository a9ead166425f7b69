"""Signals from other vendors' files, through the package `ecgdatakit` where a person has installed it."""

from __future__ import annotations

import importlib
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from ecgviz.records.lead_names import lead_of
from ecgviz.records.record import LeadBuffer, Record, damaged_record
from preprocessing.errors import EcgImageError

PACKAGE = "ecgdatakit"


def record_of_vendor(data: bytes, name: str, ending: str) -> Record:
    """Read another vendor's file.

    Raises
    ------
    EcgImageError
        ``unsupported_format`` without the package; ``damaged_file``.
    """
    try:
        parser: Any = importlib.import_module(PACKAGE).FileParser
    except ImportError as error:
        raise EcgImageError(
            "unsupported_format",
            f"This file is {name}. Install the optional package {PACKAGE} to read it (pip install {PACKAGE}), or "
            "export the report as an image, PDF or DICOM.",
        ) from error
    # The package reads from a path alone; the file is gone at the end of the block. It raises whatever it likes.
    try:
        with TemporaryDirectory() as folder, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            path = Path(folder) / f"ecg.{ending}"
            path.write_bytes(data)
            found = parser.parse(path)
            leads = [(lead.label, lead.convert_units("mV"), float(lead.sampling_rate)) for lead in found.leads]
    except Exception as error:
        raise damaged_record(name) from error
    buffer = LeadBuffer(name)
    for label, lead, rate_hz in leads:
        identity = lead_of(label)
        if identity is not None:
            samples = np.asarray(lead.samples, np.float64)
            buffer.add(identity, samples[: buffer.samples_at(rate_hz)], rate_hz, whole_s=samples.size / rate_hz)
    return buffer.record()
