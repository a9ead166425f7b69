"""Pages as the picture networks are trained on them: grey, flat, with their lead boxes and scale, one file each."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from preprocessing.lead_id import Role
from preprocessing.leads import LeadBox
from preprocessing.page import Page, grayscale


@dataclass(frozen=True)
class StoredPage:
    """A page after segmentation into leads.

    Attributes
    ----------
    gray : ndarray, shape (rows, columns), uint8
        Luminance of the flat page.
    boxes : tuple of LeadBox
    px_per_s, px_per_mv : float
        Pixels of the page in a second and in a millivolt.
    """

    gray: np.ndarray
    boxes: tuple[LeadBox, ...]
    px_per_s: float
    px_per_mv: float

    @classmethod
    def of(cls, page: Page, boxes: tuple[LeadBox, ...]) -> StoredPage:
        """Keep what the stages need of a page."""
        gray = np.round(grayscale(page.rgb) * 255).astype(np.uint8)
        return cls(gray, boxes, page.px_per_mm_x * page.speed_mm_s, page.px_per_mm_y * page.gain_mm_mv)


def page_file(sha256: str, folder: Path) -> Path:
    """Return the file of a report's page in the cache."""
    return folder / "pages" / f"{sha256[:16]}.npz"


def save_page(page: StoredPage, file: Path) -> None:
    """Write a page."""
    file.parent.mkdir(parents=True, exist_ok=True)
    stream = BytesIO()
    Image.fromarray(page.gray).save(stream, "PNG", compress_level=1)
    scale = {"px_per_s": page.px_per_s, "px_per_mv": page.px_per_mv, "boxes": [asdict(box) for box in page.boxes]}
    np.savez(file, allow_pickle=False, png=np.frombuffer(stream.getvalue(), np.uint8), page=np.array(json.dumps(scale)))


def load_page(file: Path) -> StoredPage:
    """Read a page."""
    with np.load(file) as arrays:
        gray = np.asarray(Image.open(BytesIO(arrays["png"].tobytes())))
        scale = json.loads(str(arrays["page"]))
    boxes = tuple(LeadBox(**{**box, "role": Role(box["role"])}) for box in scale["boxes"])
    return StoredPage(gray, boxes, scale["px_per_s"], scale["px_per_mv"])
