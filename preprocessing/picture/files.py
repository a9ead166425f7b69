"""From a file's bytes to an upright RGB image: the content decides the format, and size is checked before unpacking."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zlib
from dataclasses import dataclass

import numpy as np
import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from preprocessing.errors import EcgImageError, Notice
from preprocessing.picture.config import FILES
from preprocessing.picture.modes import rgb_of
from preprocessing.picture.pdf import first_page_of_pdf

MAX_BYTES = FILES.max_bytes
FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "TIFF", "BMP", "GIF", "HEIF")

pillow_heif.register_heif_opener()
# Pillow warns at its limit for decompression bombs and raises at twice that. Ours comes first, from the header, and is
# one limit; the warning is off.
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)

# What Pillow and its plug-ins raise over a damaged file; anything else is a bug and is raised as such.
_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
)

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
    file_format : str
        Such as ``JPEG`` or ``PDF``.
    sha256 : str
        Of the file's bytes, in hexadecimal digits.
    notices : tuple of Notice
    """

    rgb: np.ndarray
    file_format: str
    sha256: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes) -> DecodedImage:
    """Decode a file's bytes.

    Parameters
    ----------
    data : bytes
        PNG, JPEG, WebP, AVIF, TIFF, BMP, GIF, HEIC or PDF, at most `MAX_BYTES`. The content decides, not a name.

    Raises
    ------
    EcgImageError
        ``empty_file``, ``too_large``, ``too_small``, ``unsupported_format`` or ``damaged_file``.

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
    if b"%PDF-" in data[:1024]:
        rgb, notices = first_page_of_pdf(data, FILES.max_pixels)
        file_format = "PDF"
    else:
        rgb, file_format, notices = _picture(data)
    if min(rgb.shape[:2]) < FILES.min_side_px:
        raise EcgImageError(
            "too_small",
            f"The image is only {rgb.shape[1]} x {rgb.shape[0]} pixels. Scan or photograph the whole page again at a "
            "higher resolution.",
        )
    rgb.flags.writeable = False
    return DecodedImage(rgb, file_format, hashlib.sha256(data).hexdigest(), notices)


def _picture(data: bytes) -> tuple[np.ndarray, str, tuple[Notice, ...]]:
    """Decode the first frame of a raster image; return its pixels, its format and notices."""
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except UnidentifiedImageError as error:
        raise _not_an_image(data) from error
    except _DAMAGE as error:
        raise _damaged() from error
    with image:
        if image.width * image.height > FILES.max_pixels:
            raise _too_many_pixels()
        file_format = image.format or "unknown"
        try:
            frames = int(getattr(image, "n_frames", 1))
            image.load()
            upright = _upright(image)
            rgb = rgb_of(upright)
        except Image.DecompressionBombError as error:
            raise _too_many_pixels() from error
        except _DAMAGE as error:
            raise _damaged() from error
    notices: tuple[Notice, ...] = ()
    # An MPO is a photograph with a second view for depth; its first frame is the photograph.
    if frames > 1 and file_format != "MPO":
        notices = (Notice("first_frame", f"The file holds {frames} images; only the first is read."),)
    return rgb, "JPEG" if file_format == "MPO" else file_format, notices


def _upright(image: Image.Image) -> Image.Image:
    """Turn an image by its EXIF orientation; an orientation that cannot be read counts as none."""
    try:
        orientation = image.getexif().get(0x0112, 1)
    except _DAMAGE:
        return image
    if orientation not in range(2, 9):
        return image
    return ImageOps.exif_transpose(image)


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
        "This file is not an image that can be opened. Use PNG, JPEG, WebP, AVIF, TIFF, BMP, HEIC or PDF.",
    )
