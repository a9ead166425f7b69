"""Images encoded for a browser, never wider than it needs."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont, ImageOps

from preprocessing.lead_id import Role

if TYPE_CHECKING:
    from ecgviz.study import Outline

MAX_WIDTH_PX, THUMBNAIL_PX = 1600, (336, 238)
BOX_COLOUR = (11, 106, 117)
_SIGNATURES = {"png": b"\x89PNG", "jpeg": b"\xff\xd8"}
COLOURS = {Role.TWELVE_LEAD: BOX_COLOUR, Role.RHYTHM: (124, 77, 160)}


def as_rgb(picture: np.ndarray) -> np.ndarray:
    """Convert any stage's picture to RGB for the screen.

    Parameters
    ----------
    picture : ndarray, shape (rows, columns) or (rows, columns, 3)
        uint8, bool (True is white) or float in [0, 1].

    Returns
    -------
    ndarray, shape (rows, columns, 3), uint8

    Examples
    --------
    >>> import numpy as np
    >>> as_rgb(np.eye(2, dtype=bool))[:, :, 0].tolist()
    [[255, 0], [0, 255]]
    """
    levels = as_bytes(picture)
    return levels if levels.ndim == 3 else np.repeat(levels[:, :, None], 3, axis=2)


def as_bytes(picture: np.ndarray) -> np.ndarray:
    """Return a picture's values as uint8 from 0 to 255, in the same shape."""
    if picture.dtype == np.uint8:
        return picture
    if picture.dtype == bool:
        return np.where(picture, np.uint8(255), np.uint8(0))
    return np.asarray(np.rint(np.clip(picture, 0.0, 1.0) * 255), np.uint8)


def png(picture: np.ndarray, max_width_px: int = MAX_WIDTH_PX) -> bytes:
    """Encode a stage's picture as PNG, shrunk only where it is wider than `max_width_px`."""
    return _encoded(fitted(as_bytes(picture), max_width_px), "PNG", compress_level=1)


def webp(picture: np.ndarray, max_width_px: int = MAX_WIDTH_PX) -> bytes:
    """Encode a whole page as WebP, small enough to transfer quickly."""
    return _encoded(fitted(as_bytes(picture), max_width_px), "WEBP", quality=88, method=2)


def jpeg(picture: np.ndarray, max_width_px: int = MAX_WIDTH_PX) -> bytes:
    """Encode a picture as JPEG, which browsers and PDF both hold."""
    return _encoded(fitted(as_bytes(picture), max_width_px), "JPEG", quality=85, subsampling=0)


def page_with_leads(rgb: np.ndarray, outlines: Sequence[Outline], max_width_px: int = MAX_WIDTH_PX) -> bytes:
    """Encode a picture as WebP with the leads' outlines and names drawn over it."""
    return webp(with_leads(rgb, outlines, max_width_px))


def with_leads(rgb: np.ndarray, outlines: Sequence[Outline], max_width_px: int = MAX_WIDTH_PX) -> np.ndarray:
    """Draw the leads' outlines and names over a picture.

    The picture is shrunk first: lines and names are then as large on a phone photograph as on a small scan.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8
        Not modified.
    outlines : sequence of Outline
        In pixels of `rgb`.

    Returns
    -------
    ndarray, shape (rows, columns, 3), uint8
    """
    page = fitted(rgb, max_width_px).convert("RGB")
    scale = page.width / rgb.shape[1]
    line_px = max(2, round(page.width / 700))
    for role, colour in COLOURS.items():
        lines = [(outline.points_px + 0.5) * scale for outline in outlines if outline.lead.role == role]
        page.paste(colour, mask=_line_mask(page.size, lines, line_px))
    font = ImageFont.load_default(size=max(12, round(page.width / 84)))
    draw = ImageDraw.Draw(page)
    for outline in outlines:
        name = outline.lead.name
        _, _, name_width, name_height = draw.textbbox((0, 0), name, font=font)
        plate = np.array((name_width + 6 * line_px, name_height + 3 * line_px))
        # A lead's corner may lie beyond the picture; its name does not.
        left, top = np.clip(np.rint((outline.points_px[0] + 0.5) * scale), 0, page.size - plate).tolist()
        draw.rounded_rectangle((left, top, left + plate[0], top + plate[1]), 2 * line_px, COLOURS[outline.lead.role])
        draw.text((left + 3 * line_px, top + line_px), name, font=font, fill="white")
    return np.asarray(page)


def _line_mask(size: tuple[int, int], lines: Sequence[np.ndarray], width_px: int) -> Image.Image:
    """Draw closed lines at twice the size and shrink them, which smooths slanted ones."""
    mask = Image.new("L", (2 * size[0], 2 * size[1]))
    draw = ImageDraw.Draw(mask)
    for line in lines:
        # Once around and a step further, which joins the first corner.
        around = [(2 * x, 2 * y) for x, y in (*line, *line[:2])]
        draw.line(around, fill=255, width=2 * width_px, joint="curve")
    return mask.reduce(2)


def blend(first: np.ndarray, second: np.ndarray, share: float) -> np.ndarray:
    """Blend two stages' pictures, the smaller one stretched to the size of the larger.

    Parameters
    ----------
    first, second : ndarray
        Pictures of two stages.
    share : float
        0 shows only the first, 1 only the second.

    Returns
    -------
    ndarray, shape of the larger picture with three channels, uint8

    Examples
    --------
    >>> import numpy as np
    >>> int(blend(np.zeros((2, 2)), np.ones((2, 2)), 0.5)[0, 0, 0])
    128
    """
    pictures = [Image.fromarray(as_rgb(picture)) for picture in (first, second)]
    size = max((picture.size for picture in pictures), key=lambda size: size[0] * size[1])
    lower, upper = (picture if picture.size == size else picture.resize(size) for picture in pictures)
    mixed = np.asarray(lower, np.float32) * (1 - share) + np.asarray(upper, np.float32) * share
    return np.floor(mixed + 0.5).astype(np.uint8)


def thumbnail(path: str) -> bytes:
    """Encode a thumbnail of a file that ships with the app."""
    with Image.open(path) as page:
        return webp(np.asarray(ImageOps.fit(page.convert("RGB"), THUMBNAIL_PX, Image.Resampling.LANCZOS)))


def data_url(encoded: bytes) -> str:
    """Return an encoded picture as a data URL.

    Streamlit re-encodes bytes as JPEG, which would alter a stage's pixels, and drops a picture that the next rerun
    replaces before a slow browser has fetched it. It passes a URL on untouched.

    Examples
    --------
    >>> import numpy as np
    >>> data_url(png(np.ones((1, 1))))[:22]
    'data:image/png;base64,'
    """
    kind = next((kind for kind, start in _SIGNATURES.items() if encoded.startswith(start)), "webp")
    return f"data:image/{kind};base64,{b64encode(encoded).decode('ascii')}"


def icon() -> bytes:
    """Draw the favicon: one beat. An icon font would have to be fetched."""
    mark = Image.new("RGBA", (128, 128))
    draw = ImageDraw.Draw(mark)
    draw.rounded_rectangle((0, 0, 127, 127), radius=28, fill=BOX_COLOUR)
    beat = [(14, 70), (42, 70), (52, 84), (64, 24), (76, 104), (86, 70), (114, 70)]
    draw.line(beat, fill="white", width=9, joint="curve")
    return _encoded(mark.resize((64, 64), Image.Resampling.LANCZOS), "PNG")


def fitted(levels: np.ndarray, max_width_px: int) -> Image.Image:
    """Return levels of uint8 as an image, shrunk where it is wider."""
    image = Image.fromarray(levels)
    if image.width <= max_width_px:
        return image
    height = max(1, round(image.height * max_width_px / image.width))
    return image.resize((max_width_px, height), Image.Resampling.BOX)


def _encoded(image: Image.Image, file_format: str, **options: int) -> bytes:
    buffer = BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()
