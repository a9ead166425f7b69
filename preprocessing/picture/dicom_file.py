"""A DICOM file up to its pixels, parsed only after its transfer syntax and its lengths were checked."""

from __future__ import annotations

from io import BytesIO

import pydicom
from pydicom.dataset import FileDataset
from pydicom.filereader import read_dataset
from pydicom.uid import UID, DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, ImplicitVRLittleEndian

from preprocessing.errors import EcgImageError
from preprocessing.picture.dicom_lengths import check_lengths

PREAMBLE = 128
_META = 2
# What is read of an object. Values are parsed when they are first looked at, and a damaged one raises then.
_READ = (
    "SOPClassUID",
    "Rows",
    "Columns",
    "NumberOfFrames",
    "SamplesPerPixel",
    "BitsAllocated",
    "PhotometricInterpretation",
    "EncapsulatedDocument",
    "WaveformSequence",
)
_DEFLATED = (DeflatedExplicitVRLittleEndian, UID("1.2.840.10008.1.2.4.95"), UID("1.2.840.10008.1.2.4.205"))
# Values that break a rule of the standard are taken as they are; what matters is checked where it is used.
pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE


def dicom_header(data: bytes) -> FileDataset:
    """Parse a DICOM file up to its pixels; signals and documents come before them.

    Raises
    ------
    EcgImageError
        ``damaged_file``, ``too_complex``, or ``unsupported_format`` for a file that is compressed as a whole.
    """
    stream = BytesIO(data)
    # The parser raises whatever it likes over a damaged file, so everything is caught around its calls.
    try:
        stream.seek(PREAMBLE + 4)
        meta = read_dataset(stream, False, True, stop_when=lambda tag, vr, length: tag.group != _META)
        syntax = UID(str(meta.TransferSyntaxUID))
        start = stream.tell()
    except Exception as error:
        raise damaged_dicom() from error
    if syntax.type != "Transfer Syntax":
        raise damaged_dicom()
    if syntax in _DEFLATED:
        # It could unpack to any size.
        raise EcgImageError(
            "unsupported_format",
            f"This DICOM file is packed as {syntax.name}, which is not read. Export it without compression.",
        )
    try:
        check_lengths(data, start, syntax == ImplicitVRLittleEndian, syntax != ExplicitVRBigEndian)
        stream.seek(0)
        head = pydicom.dcmread(stream, stop_before_pixels=True)
        for keyword in _READ:
            head.get(keyword)
        return head
    except EcgImageError:
        raise
    except Exception as error:
        raise damaged_dicom() from error


def damaged_dicom() -> EcgImageError:
    """Return the refusal of a damaged DICOM file."""
    return EcgImageError("damaged_file", "The DICOM file is damaged or incomplete. Export it again from its source.")
