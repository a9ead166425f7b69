"""From a file's bytes to an upright RGB image: the content decides the format, and size is checked before unpacking."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass

import numpy as np
import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from preprocessing.errors import EcgImageError, Notice
from preprocessing.picture.config import FILES
from preprocessing.picture.modes import flat_image, rgb_of
from preprocessing.picture.parts import refuse_too_many_parts
from preprocessing.picture.pdf import first_page_of_pdf

MAX_BYTES = FILES.max_bytes
FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "TIFF", "BMP", "GIF", "HEIF")

pillow_heif.register_heif_opener()
# Pillow warns at its limit for decompression bombs and raises at twice that. Ours comes first, from the header, and is
# one limit; the warning is off.
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)

_OTHER_KINDS = (
    (b"PK\x03\x04", "a ZIP archive or an office document. Extract the report's image and open that"),
    (b"PK\x05\x06", "an empty ZIP archive. Open the report's image itself"),
    (b"<svg", "an SVG drawing. Export it as PNG or PDF and open that"),
    (b"<!doctype html", "a web page. Save the report's image and open that"),
    (b"<html", "a web page. Save the report's image and open that"),
    (b"<?xml", "an XML or SVG document. Export the report as PNG or PDF and open that"),
    (b"\x1f\x8b", "a compressed archive. Extract the report's image and open that"),
)


@dataclass(frozen=True)
class DecodedImage:
    """An image as decoded.

    Attributes
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8, read-only
        Upright by the file's EXIF orientation, transparency on white.
    original_shape : tuple of int
        Rows and columns of the file's image, upright.
    reduced_by : int
        Pixels of the file, along each side, that became one pixel of `rgb`; 1 but for very large images.
    file_format : str
        Such as ``JPEG`` or ``PDF``.
    sha256 : str
        Of the file's bytes, in hexadecimal digits.
    notices : tuple of Notice
    """

    rgb: np.ndarray
    file_format: str
    sha256: str
    original_shape: tuple[int, int]
    reduced_by: int = 1
    notices: tuple[Notice, ...] = ()


def decode(data: bytes) -> DecodedImage:
    """Decode a file's bytes.

    Parameters
    ----------
    data : bytes
        PNG, JPEG, WebP, AVIF, TIFF, BMP, GIF, HEIC, PDF or DICOM, at most `MAX_BYTES`. The content decides, not a name.

    Raises
    ------
    EcgImageError
        ``empty_file``, ``too_large``, ``too_small``, ``too_complex``, ``unsupported_format`` or ``damaged_file``.

    Examples
    --------
    >>> stream = io.BytesIO()
    >>> Image.new("RGB", (640, 480), "white").save(stream, "PNG")
    >>> image = decode(stream.getvalue())
    >>> image.file_format, image.rgb.shape
    ('PNG', (480, 640, 3))
    """
    if not data:
        raise EcgImageError("empty_file", "The file is empty. Export or scan the report again.")
    if len(data) > MAX_BYTES:
        raise EcgImageError(
            "too_large",
            f"The file is larger than {MAX_BYTES // 2**20} MB. Save the report as JPEG or at a lower resolution.",
        )
    sha256 = hashlib.sha256(data).hexdigest()
    if is_dicom(data):
        image = _of_dicom(data, sha256)
    elif is_pdf(data):
        rgb, notices = first_page_of_pdf(data, FILES.max_pixels)
        image = DecodedImage(rgb, "PDF", sha256, rgb.shape[:2], notices=notices)
    else:
        refuse_too_many_parts(data)
        image = _picture(data, sha256)
    rows, columns = image.original_shape
    if min(rows, columns) < FILES.min_side_px:
        raise EcgImageError(
            "too_small",
            f"The image is only {columns} x {rows} pixels. Scan or photograph the whole page again at a higher "
            "resolution.",
        )
    image.rgb.flags.writeable = False
    return image


def is_pdf(data: bytes) -> bool:
    """Return whether a file is a PDF, by its first bytes."""
    return b"%PDF-" in data[:1024]


def is_dicom(data: bytes) -> bool:
    """Return whether bytes are a DICOM file."""
    return data[128:132] == b"DICM"


def _of_dicom(data: bytes, sha256: str) -> DecodedImage:
    """Decode the first picture of a DICOM object."""
    # Loaded with the first DICOM file: the app's first page need not wait for it.
    from preprocessing.picture.dicom_picture import picture_in_dicom

    rgb, shape, reduced_by, notices = picture_in_dicom(data)
    return DecodedImage(rgb, "DICOM", sha256, shape, reduced_by, notices)


def _picture(data: bytes, sha256: str) -> DecodedImage:
    """Decode the first frame of a raster image."""
    # Decoders raise whatever they like over a damaged file, assertions and divisions by zero included. So everything is
    # caught around their calls, and nothing of ours stands there.
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except UnidentifiedImageError as error:
        raise _not_an_image(data) from error
    except Exception as error:
        raise _damaged() from error
    with image:
        columns, rows = image.size
        if columns * rows > FILES.max_pixels:
            raise _too_many_pixels()
        file_format = image.format or "unknown"
        factor = FILES.reduction if columns * rows > FILES.reduce_above_pixels else 1
        try:
            if factor > 1:
                # A JPEG is then decoded at half its size, in a quarter of the time; others do nothing here.
                image.draft(None, (columns // factor, rows // factor))
            image.load()
            drafted = image.width < columns
            # Pillow turns a TIFF itself as it loads it.
            orientation = _orientation(image)
            upright = flat_image(ImageOps.exif_transpose(image) if orientation > 1 else image)
            has_more = _has_second_frame(image)
        except Image.DecompressionBombError as error:
            raise _too_many_pixels() from error
        except Exception as error:
            raise _damaged() from error
    rgb = rgb_of(upright, 1 if drafted else factor)
    notices: tuple[Notice, ...] = ()
    # An MPO is a photograph with a second view for depth; its first frame is the photograph.
    if has_more and file_format != "MPO":
        notices = (Notice("first_frame", "The file holds several images; only the first is read."),)
    # Orientations from 5 on exchange rows and columns.
    shape = (columns, rows) if orientation >= 5 else (rows, columns)
    return DecodedImage(rgb, "JPEG" if file_format == "MPO" else file_format, sha256, shape, factor, notices)


def _orientation(image: Image.Image) -> int:
    """Return an image's EXIF orientation, from 1 to 8; one that cannot be read counts as none."""
    try:
        orientation = image.getexif().get(0x0112, 1)
    except Exception:
        return 1
    return int(orientation) if orientation in range(2, 9) else 1


def _has_second_frame(image: Image.Image) -> bool:
    """Return whether another frame follows the first, which is loaded; counting them would walk through all."""
    try:
        image.seek(1)
    except EOFError:
        return False
    except Exception:  # It is there, and damaged, which is no matter: it is not read.
        return True
    return True


def _too_many_pixels() -> EcgImageError:
    return EcgImageError(
        "too_large",
        f"The image has more than {FILES.max_pixels // 10**6} megapixels. Scan the page at 200 to 300 dpi.",
    )


def _damaged() -> EcgImageError:
    return EcgImageError("damaged_file", "The file is damaged or incomplete. Copy or export it again from its source.")


def _not_an_image(data: bytes) -> EcgImageError:
    """Return a refusal that names what the file seems to be."""
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for signature, what in _OTHER_KINDS:
        if start.startswith(signature.lower()):
            return EcgImageError("unsupported_format", f"This file is {what}.")
    known = any(data.startswith(signature) for signature in (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8", b"BM"))
    if known:
        return _damaged()
    return EcgImageError(
        "unsupported_format",
        "This file is not an image that can be opened. Use PNG, JPEG, WebP, AVIF, TIFF, BMP, HEIC, PDF or DICOM.",
    )
