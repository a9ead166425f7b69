"""Every format in which signals are offered, as one list for pages and commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ecgviz.export.aecg_document import aecg_document
from ecgviz.export.dicom_ecg import dicom_ecg
from ecgviz.export.edf_record import edf_record
from ecgviz.export.fhir_bundle import fhir_bundle
from ecgviz.export.signal_files import as_csv, as_json
from ecgviz.export.wfdb_record import record, zipped
from ecgviz.study import Study


class Writer(Protocol):
    """Writes a study as a file."""

    def __call__(self, study: Study, pdf_of: Callable[[Study], bytes]) -> bytes:
        """Return the file's bytes; `pdf_of` writes the report, for formats that carry it."""


@dataclass(frozen=True)
class SignalFormat:
    """One format.

    Attributes
    ----------
    title : str
        Its name on screen.
    ending : str
        Of its files' names.
    mime : str
    write : Writer
    words : str
        What the file holds, after its name.
    """

    title: str
    ending: str
    mime: str
    write: Writer
    words: str


SIGNAL_FORMATS = {
    "csv": SignalFormat(
        "CSV",
        "csv",
        "text/csv",
        lambda study, pdf_of: as_csv(study.traces, study.image.sha256),
        "a table: time_s and one column per lead, in mV",
    ),
    "wfdb": SignalFormat(
        "WFDB",
        "zip",
        "application/zip",
        lambda study, pdf_of: zipped(record(study.traces, study.image.sha256)),
        "a record of PhysioNet: header and samples",
    ),
    "json": SignalFormat(
        "JSON",
        "json",
        "application/json",
        lambda study, pdf_of: as_json(study),
        "signals, their positions on the page, measurements",
    ),
    "dicom": SignalFormat(
        "DICOM",
        "dcm",
        "application/dicom",
        lambda study, pdf_of: dicom_ecg(study),
        "a 12-lead ECG waveform, measurements as annotations",
    ),
    "aecg": SignalFormat(
        "HL7 aECG", "xml", "application/xml", lambda study, pdf_of: aecg_document(study), "an annotated ECG as XML"
    ),
    "edf": SignalFormat(
        "EDF+",
        "edf",
        "application/octet-stream",
        lambda study, pdf_of: edf_record(study),
        "EDF+ with gaps as annotations",
    ),
    "fhir": SignalFormat(
        "FHIR",
        "fhir.json",
        "application/fhir+json",
        lambda study, pdf_of: fhir_bundle(study, pdf_of(study)),
        "an R4 bundle: observations, and a diagnostic report with the PDF",
    ),
}
