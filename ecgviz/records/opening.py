"""The door for every file: an image is decoded, a file of signals is drawn as a page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from ecgviz.records.aecg_input import record_of_aecg
from ecgviz.records.csv_input import record_of_csv
from ecgviz.records.drawn_record import DrawnRecord, drawn_record
from ecgviz.records.other_vendors import record_of_vendor
from ecgviz.records.recognition import is_aecg, is_csv, is_edf, is_wfdb_header, vendor_of
from ecgviz.records.record import Record
from ecgviz.records.wfdb_input import is_wfdb, record_of_wfdb
from preprocessing.errors import EcgImageError, Notice
from preprocessing.picture import MAX_BYTES, DecodedImage, decode, is_dicom

DRAWN = Notice(
    "drawn_from_signals",
    "The file holds signals. They were drawn as a page, which is read like an image; the networks use the signals "
    "themselves.",
)


@dataclass(frozen=True)
class Opened:
    """A file as the reader takes it: its image, and the record that it was drawn from, if any."""

    image: DecodedImage
    record: DrawnRecord | None = None


def opened(data: bytes) -> Opened:
    """Open a file of any kind.

    Parameters
    ----------
    data : bytes
        An image, a PDF, DICOM, or signals: a zipped WFDB record, our CSV, HL7 aECG, EDF, and with the package
        `ecgdatakit` other vendors' files. The content decides, not a name.

    Raises
    ------
    EcgImageError
        As `decode`, and ``not_12_lead``, ``record_too_short`` or ``not_an_ecg`` for signals.
    """
    record = record_in(data) if 0 < len(data) <= MAX_BYTES else None
    if record is None:
        return Opened(decode(data))
    drawn = drawn_record(record)
    shape = drawn.rgb.shape[0], drawn.rgb.shape[1]
    notices = (DRAWN, *record.notices)
    drawn.rgb.flags.writeable = False
    sha256 = hashlib.sha256(data).hexdigest()
    return Opened(DecodedImage(drawn.rgb, record.file_format, sha256, shape, notices=notices), drawn)


def record_in(data: bytes) -> Record | None:
    """Return the record that a file holds; None where it is something else, such as an image."""
    if is_dicom(data):
        # Loaded with the first DICOM file: the app's first page need not wait for it.
        from ecgviz.records.dicom_input import record_of_dicom

        return record_of_dicom(data)
    if is_edf(data):
        from ecgviz.records.edf_input import record_of_edf

        return record_of_edf(data)
    for recognises, reads in ((is_wfdb, record_of_wfdb), (is_csv, record_of_csv), (is_aecg, record_of_aecg)):
        if recognises(data):
            return reads(data)
    if (vendor := vendor_of(data)) is not None:
        return record_of_vendor(data, *vendor)
    if is_wfdb_header(data):
        raise EcgImageError(
            "unsupported_format",
            "This is the header of a WFDB record without its samples. Open a zip archive with the header and its "
            "files.",
        )
    return None
