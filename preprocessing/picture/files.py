"""From a file's bytes to an upright RGB picture: the content decides, and nothing is unpacked unchecked."""

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
from preprocessing.picture.modes import rgb_of
from preprocessing.picture.pdf import first_page_of_pdf

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MIN_SIDE_PX = 50
FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "TIFF", "BMP", "GIF", "HEIF")

pillow_heif.register_heif_opener()
# Pillow's own bomb check warns below and raises above twice its limit; ours, from the header, comes first and is
# one clear bar, so Pillow's may not warn in between.
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)

# What Pillow and its plug-ins raise over a file that is damaged; anything else is a bug and stays one.
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
    (b"PK\x03\x04", "a zip archive or an office document; take the report's image out of it first"),
    (b"PK\x05\x06", "an empty zip archive; take the report's image out of the right one first"),
    (b"<svg", "an SVG drawing; export it as PNG or PDF first"),
    (b"<!doctype html", "a web page; save the report's image itself"),
    (b"<html", "a web page; save the report's image itself"),
    (b"<?xml", "an XML or SVG document; export the report as PNG or PDF first"),
    (b"\x1f\x8b", "a compressed archive; unpack the report's image first"),
)


@dataclass(frozen=True)
class DecodedImage:
    """A picture as decoded.

    Attributes
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8, read-only
        Upright by the file's EXIF mark, transparency laid on white.
    file_format : str
        Such as ``JPEG`` or ``PDF``.
    sha256 : str
        Of the file's bytes.
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
        PNG, JPEG, WebP, AVIF, TIFF, BMP, GIF, HEIC or PDF, at most `MAX_BYTES`.

    Raises
    ------
    EcgImageError
        ``empty_file``, ``too_large``, ``too_small``, ``unsupported_format`` or ``damaged_file``.
    """
    if not data:
        raise EcgImageError("empty_file", "The file is empty; export or scan the report again.")
    if len(data) > MAX_BYTES:
        raise EcgImageError(
            "too_large",
            f"The file is larger than {MAX_BYTES // 2**20} MB; save the report as JPEG or at a lower resolution.",
        )
    if b"%PDF-" in data[:1024]:
        rgb, notices = first_page_of_pdf(data, MAX_PIXELS)
        file_format = "PDF"
    else:
        rgb, file_format, notices = _picture(data)
    if min(rgb.shape[:2]) < MIN_SIDE_PX:
        raise EcgImageError(
            "too_small",
            f"The picture is only {rgb.shape[1]} x {rgb.shape[0]} pixels; scan or photograph the whole page again "
            "in more detail.",
        )
    rgb.flags.writeable = False
    return DecodedImage(rgb, file_format, hashlib.sha256(data).hexdigest(), notices)


def _picture(data: bytes) -> tuple[np.ndarray, str, tuple[Notice, ...]]:
    """Decode the first frame of a raster image."""
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except UnidentifiedImageError as error:
        raise _not_a_picture(data) from error
    except _DAMAGE as error:
        raise _damaged() from error
    with image:
        if image.width * image.height > MAX_PIXELS:
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
    # An MPO is a photograph with a second view for depth; its first picture is the photograph.
    if frames > 1 and file_format != "MPO":
        notices = (Notice("first_frame", f"The file holds {frames} pictures; only the first one is read."),)
    return rgb, "JPEG" if file_format == "MPO" else file_format, notices


def _upright(image: Image.Image) -> Image.Image:
    """Turn a picture as its EXIF mark says; a mark that cannot be read is no mark."""
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
        f"The picture has more than {MAX_PIXELS // 10**6} megapixels; scan the page at 200 to 300 dpi.",
    )


def _damaged() -> EcgImageError:
    return EcgImageError("damaged_file", "The file is damaged or incomplete; copy or export it from its source again.")


def _not_a_picture(data: bytes) -> EcgImageError:
    """Say what a file seems to be, so that the person can find the right one."""
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, what in _OTHER_KINDS:
        if start.startswith(mark.lower()):
            return EcgImageError("unsupported_format", f"This is {what}.")
    known = any(data.startswith(mark) for mark in (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8", b"BM"))
    if known:
        return _damaged()
    return EcgImageError(
        "unsupported_format",
        "This is no picture that can be opened here; use PNG, JPEG, WebP, AVIF, TIFF, BMP, HEIC or PDF.",
    )
