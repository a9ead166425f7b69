"""The picture in a DICOM object: its first frame, or the first page of the PDF that it holds."""

from __future__ import annotations

from io import BytesIO
from math import prod

import numpy as np
import pydicom
from PIL import Image, UnidentifiedImageError
from pydicom.dataset import FileDataset
from pydicom.encaps import get_frame
from pydicom.pixels.decoders.base import get_decoder
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut, apply_voi_lut
from pydicom.pixels.utils import pixel_array
from pydicom.uid import UID

from preprocessing.errors import EcgImageError, Notice
from preprocessing.picture.config import FILES
from preprocessing.picture.dicom_file import damaged_dicom, dicom_header
from preprocessing.picture.modes import rgb_of
from preprocessing.picture.parts import refuse_too_many_parts
from preprocessing.picture.pdf import first_page_of_pdf

FIRST_FRAME = Notice("first_frame", "The file holds several images; only the first is read.")
_DOCUMENT, _SIGNALS = "EncapsulatedDocument", "WaveformSequence"
_BITS = (1, 8, 16)
_MARKED = {b"\xff\xd8": "JPEG", b"\xff\x4f": "JPEG2000"}


def picture_in_dicom(data: bytes) -> tuple[np.ndarray, tuple[int, int], int, tuple[Notice, ...]]:
    """Decode the first picture of a DICOM object.

    Returns
    -------
    ndarray, shape (rows, columns, 3), uint8
    tuple of int
        Rows and columns as stored.
    int
        Pixels along each side that became one, as in `DecodedImage`.
    tuple of Notice

    Raises
    ------
    EcgImageError
        ``unsupported_format`` names an object without a picture, or a compression that no installed decoder reads;
        ``too_large``, ``too_complex``, ``damaged_file``.
    """
    head = dicom_header(data)
    if _DOCUMENT in head:
        rgb, notices = first_page_of_pdf(_pdf(head), FILES.max_pixels)
        return rgb, (rgb.shape[0], rgb.shape[1]), 1, notices
    shape, frames = _shape(head)
    _check_size(head, shape, len(data))
    syntax = UID(str(head.file_meta.TransferSyntaxUID))
    if syntax.is_compressed:
        _check_decoder(syntax)
    grey = _first_frame(data, head, shape, frames)
    factor = FILES.reduction if shape[0] * shape[1] > FILES.reduce_above_pixels else 1
    rgb = rgb_of(Image.fromarray(grey).convert("RGB"), factor)
    return rgb, shape, factor, (FIRST_FRAME,) if frames > 1 else ()


def _pdf(head: FileDataset) -> bytes:
    document = bytes(head[_DOCUMENT].value or b"")
    if b"%PDF-" not in document[:1024]:
        raise EcgImageError(
            "unsupported_format",
            "This DICOM object holds a document that is no PDF. Export the report as PDF or image.",
        )
    return document


def _shape(head: FileDataset) -> tuple[tuple[int, int], int]:
    """Return rows and columns of a frame, and the number of frames."""
    if "Rows" not in head or "Columns" not in head:
        kind = UID(str(head.get("SOPClassUID", ""))).name or "unknown kind"
        what = "signals that could not be opened as such" if _SIGNALS in head else "no picture"
        raise EcgImageError(
            "unsupported_format", f"This DICOM object ({kind}) holds {what}. Export the report as an image or PDF."
        )
    try:
        return (int(head.Rows), int(head.Columns)), int(head.get("NumberOfFrames") or 1)
    except (ValueError, TypeError, OverflowError) as error:
        raise damaged_dicom() from error


def _check_size(head: FileDataset, shape: tuple[int, int], size: int) -> None:
    """Check what the file declares of its pixels before any is decoded."""
    if prod(shape) > FILES.max_pixels:
        raise EcgImageError(
            "too_large",
            f"The image has more than {FILES.max_pixels // 10**6} megapixels. Scan the page at 200 to 300 dpi.",
        )
    samples, bits = head.get("SamplesPerPixel", 1), head.get("BitsAllocated", 0)
    if samples not in (1, 3) or bits not in _BITS:
        raise EcgImageError(
            "unsupported_format",
            f"The picture in this DICOM object has {samples} values of {bits} bits a pixel, which is not read. Export "
            "the report as an image or PDF.",
        )
    native = not UID(str(head.file_meta.TransferSyntaxUID)).is_compressed
    # With subsampled colour, a pixel takes two samples instead of three.
    stored = 2 if head.get("PhotometricInterpretation") == "YBR_FULL_422" else samples
    if min(shape) < 1 or (native and prod(shape) * stored * bits // 8 > size):
        raise damaged_dicom()


def _check_decoder(syntax: UID) -> None:
    try:
        available = get_decoder(syntax).is_available
    except NotImplementedError:
        available = False
    if not available:
        raise _unreadable(syntax)


def _unreadable(syntax: UID) -> EcgImageError:
    return EcgImageError(
        "unsupported_format",
        f"The picture in this DICOM object is compressed as {syntax.name}, which no installed decoder reads. Export it "
        "without compression, or as JPEG, JPEG 2000 or RLE.",
    )


def _first_frame(data: bytes, head: FileDataset, shape: tuple[int, int], frames: int) -> np.ndarray:
    """Decode the first frame, (rows, columns) of grey or (rows, columns, 3), in bytes."""
    # Decoders raise whatever they like over damaged data, so everything is caught around their calls.
    try:
        if UID(str(head.file_meta.TransferSyntaxUID)).is_encapsulated:
            _check_frame(data, shape, frames)
        frame = pixel_array(BytesIO(data), index=0)
        return _shown(frame, head)
    except EcgImageError:
        raise
    except UnidentifiedImageError as error:  # Such as a JPEG of 12 bits.
        raise _unreadable(UID(str(head.file_meta.TransferSyntaxUID))) from error
    except Exception as error:
        raise damaged_dicom() from error


def _check_frame(data: bytes, shape: tuple[int, int], frames: int) -> None:
    """Check that a compressed frame is as large as the file declares: its decoder would follow the frame alone."""
    frame = get_frame(pydicom.dcmread(BytesIO(data)).PixelData, 0, number_of_frames=frames)
    file_format = _MARKED.get(frame[:2])
    if file_format is None:
        return
    refuse_too_many_parts(frame)
    with Image.open(BytesIO(frame), formats=[file_format]) as image:
        if image.size != shape[::-1]:
            raise damaged_dicom()


def _shown(frame: np.ndarray, head: FileDataset) -> np.ndarray:
    """Return a frame as a screen would show it."""
    kind = str(head.PhotometricInterpretation)
    if kind == "PALETTE COLOR":
        frame = apply_color_lut(frame, head)
    elif frame.ndim == 2 and (frame.dtype != np.uint8 or "WindowWidth" in head):
        frame = apply_voi_lut(apply_modality_lut(frame, head), head)
    if frame.dtype != np.uint8:
        low, high = float(frame.min()), float(frame.max())
        frame = np.rint((frame.astype(np.float64) - low) * (255 / max(high - low, 1))).astype(np.uint8)
    if int(head.BitsAllocated) == 1:
        frame = frame * np.uint8(255)
    return 255 - frame if kind == "MONOCHROME1" else frame
