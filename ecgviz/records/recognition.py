"""Which format of signals a file has, by its first bytes. Loads nothing else: pages list what may be uploaded."""

from __future__ import annotations

import re

# Endings of files of signals; a WFDB record comes as a zip archive.
RECORD_ENDINGS = ("zip", "csv", "xml", "edf", "scp")
# Ending of the header of a WFDB record, whose samples lie in other files.
HEADER = ".hea"
_WFDB_HEADER = re.compile(rb"(#[^\n]*\n|\s)*[\w-]+(/\d+)?\s+\d+\s+[\d.]+[^\n]*\n\s*\S+\.(dat|mat)\s+\d+")
# What each file begins with, or has at a place, and the ending by which the package knows it.
_MARKS = (
    (b"<restingecgdata", "Philips XML", "xml"),
    (b"<RestingECG", "MUSE XML", "xml"),
    (b"SCPECG", "SCP-ECG", "scp"),
)
_LOOKED_AT = 4096


def is_csv(data: bytes) -> bool:
    """Return whether bytes are a table of signals as the app writes it.

    Examples
    --------
    >>> is_csv(b"# units\\ntime_s,I,II\\n"), is_csv(b"file,status\\n")
    (True, False)
    """
    lines = data[:4096].removeprefix(b"\xef\xbb\xbf").splitlines()
    return next((line for line in lines if line and not line.startswith(b"#")), b"").startswith(b"time_s,")


def is_aecg(data: bytes) -> bool:
    """Return whether bytes are an annotated ECG, in any encoding of one byte a letter."""
    return b"AnnotatedECG" in data[:4096] and b"<" in data[:64]


def is_edf(data: bytes) -> bool:
    """Return whether bytes begin like an EDF file: the version, and the length of the header as a number."""
    return data[:8] == b"0       " and data[184:192].strip().isdigit()


def is_wfdb_header(data: bytes) -> bool:
    """Return whether bytes are the header of a WFDB record, without its samples."""
    return _WFDB_HEADER.match(data[:1024]) is not None


def vendor_of(data: bytes) -> tuple[str, str] | None:
    """Return the format of another vendor's file and its ending, or None.

    Examples
    --------
    >>> vendor_of(b"<?xml version='1.0'?><RestingECG>"), vendor_of(b"<html>")
    (('MUSE XML', 'xml'), None)
    """
    start = data[:_LOOKED_AT]
    for mark, name, ending in _MARKS:
        # SCP-ECG has its mark in the header of its first section.
        if mark in (start[:32] if ending == "scp" else start):
            return name, ending
    return None


def seems_a_record(start: bytes) -> bool:
    """Return whether a file's first bytes are those of signals; DICOM and archives are recognised elsewhere.

    Examples
    --------
    >>> seems_a_record(b"time_s,I,II\\n"), seems_a_record(b"file,label\\n")
    (True, False)
    """
    return is_edf(start) or is_csv(start) or is_aecg(start) or vendor_of(start) is not None
