"""The structure of a DICOM file, walked before a parser builds it: every declared length, and how many elements.

The parser of pydicom trusts what a file declares. A file of 20 MB can hold millions of empty elements, or sequences
nested without end.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from pydicom.datadict import dictionary_VR

from preprocessing.errors import EcgImageError
from preprocessing.picture.config import DICOM

# Explicit value representations whose length takes four bytes (PS3.5, 7.1.2).
_LONG = frozenset((b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"))
_UNDEFINED = 0xFFFFFFFF
_ITEM, _END_OF_ITEM, _END_OF_SEQUENCE = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_PIXELS = 0x7FE00010


class BadStructureError(ValueError):
    """A length that exceeds what contains it, or an element that is none."""


@dataclass
class _Walk:
    """A walk through the elements of one file."""

    data: bytes
    order: str
    elements: int = 0

    def dataset(self, at: int, stop: int, implicit: bool, depth: int) -> int:
        """Walk the elements from `at` on; return where the data set ends."""
        if depth > DICOM.max_depth:
            raise _too_complex()
        while at < stop:
            tag = self._tag(at, stop)
            if tag in (_END_OF_ITEM, _END_OF_SEQUENCE):
                return at + 8
            self._count()
            vr, length, at = self._header(at, stop, implicit)
            undefined = length == _UNDEFINED
            if not undefined and length > stop - at:
                raise BadStructureError
            if tag == _PIXELS and depth == 0 and undefined:
                self._items(at, stop, implicit, depth, fragments=True)
                return stop
            if undefined or vr == b"SQ" or (implicit and _is_sequence(tag)):
                # A sequence of unknown representation is written without any.
                inner = implicit or vr == b"UN"
                ended = self._items(at, stop if undefined else at + length, inner, depth, fragments=False)
                at = ended if undefined else at + length
            else:
                at += length
        return at

    def _items(self, at: int, stop: int, implicit: bool, depth: int, fragments: bool) -> int:
        while at < stop:
            tag = self._tag(at, stop)
            (length,) = struct.unpack_from(f"{self.order}I", self.data, at + 4)
            at += 8
            if tag == _END_OF_SEQUENCE:
                return at
            self._count()
            if tag != _ITEM or (length == _UNDEFINED and fragments) or (length != _UNDEFINED and length > stop - at):
                raise BadStructureError
            if fragments:
                at += length
            elif length == _UNDEFINED:
                at = self.dataset(at, stop, implicit, depth + 1)
            else:
                self.dataset(at, at + length, implicit, depth + 1)
                at += length
        return at

    def _tag(self, at: int, stop: int) -> int:
        if stop - at < 8:
            raise BadStructureError
        group, element = struct.unpack_from(f"{self.order}HH", self.data, at)
        return int(group << 16 | element)

    def _header(self, at: int, stop: int, implicit: bool) -> tuple[bytes, int, int]:
        """Return an element's representation, its length, and where its value starts."""
        if implicit:
            return b"", struct.unpack_from(f"{self.order}I", self.data, at + 4)[0], at + 8
        vr = self.data[at + 4 : at + 6]
        if vr not in _LONG:
            return vr, struct.unpack_from(f"{self.order}H", self.data, at + 6)[0], at + 8
        if stop - at < 12:
            raise BadStructureError
        return vr, struct.unpack_from(f"{self.order}I", self.data, at + 8)[0], at + 12

    def _count(self) -> None:
        self.elements += 1
        if self.elements > DICOM.max_elements:
            raise _too_complex()


def check_lengths(data: bytes, at: int, implicit: bool, little: bool) -> None:
    """Walk a data set.

    Parameters
    ----------
    data : bytes
        A whole file.
    at : int
        Where its data set starts.
    implicit, little : bool
        Whether value representations are left out, and the order of bytes.

    Raises
    ------
    BadStructureError
        When a declared length exceeds what is there.
    EcgImageError
        ``too_complex``.
    """
    # The parser takes a file for what its first element looks like, whatever the transfer syntax says.
    if data[at + 4 : at + 6].isalpha() == implicit and len(data) > at:
        raise BadStructureError
    _Walk(data, "<" if little else ">").dataset(at, len(data), implicit, 0)


def _is_sequence(tag: int) -> bool:
    try:
        return bool(dictionary_VR(tag) == "SQ")
    except KeyError:
        return False


def _too_complex() -> EcgImageError:
    return EcgImageError(
        "too_complex",
        "The DICOM file holds more elements than any report. Export the report again, as an image or PDF.",
    )
