"""The committed samples: title, path and how to redraw each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from PIL import Image

from sample_images.camera import Camera, photograph
from sample_images.drawing import Drawing
from sample_images.not_ecg import draw_blank_grid, draw_document
from sample_images.page import draw_page
from sample_images.simulation import simulate
from sample_images.style import PageStyle, edan_style

FOLDER = Path(__file__).parent / "gallery"
MAX_BYTES = 300_000


@dataclass(frozen=True)
class Sample:
    """A committed image with its ground truth."""

    name: str
    title: str
    file_format: str
    draw: Callable[[], Drawing]

    @property
    def purpose(self) -> str:
        """What it is there to show, for a list in groups."""
        if self.name.startswith("edan"):
            return "Rhythms and infarctions, in the layout that the networks were trained on"
        if self.name.startswith(("photo", "scan")):
            return "Photographed and scanned"
        return "Other layouts, speeds and papers" if self.drawn_as else "Not an ECG"

    @property
    def path(self) -> Path:
        """The image file."""
        return FOLDER / f"{self.name}.{self.file_format}"

    @property
    def truth_path(self) -> Path:
        """Its ground truth as JSON."""
        return FOLDER / f"{self.name}.json"

    @property
    def drawn_as(self) -> str:
        """The class that it was drawn as; empty where it shows no heart."""
        truth: dict[str, str | None] = json.loads(self.truth_path.read_text(encoding="utf-8"))
        return truth["class"] or ""


def _report(
    rhythm: str, seed: int, page: PageStyle, camera: Camera | None = None, rate_bpm: float | None = None
) -> Callable[[], Drawing]:
    def draw() -> Drawing:
        drawing = draw_page(simulate(rhythm, rate_bpm, seed), page)
        return drawing if camera is None else photograph(drawing, camera)

    return draw


_EDAN = edan_style()
_A4 = PageStyle(dpi=150)

_SAMPLES = (
    Sample("edan_normal", "Normal", "jpg", _report("normal-sinus", 11, _EDAN)),
    Sample("edan_normal_slow", "Normal, 62 bpm", "jpg", _report("normal-sinus", 12, _EDAN, rate_bpm=62)),
    Sample("edan_af", "Atrial fibrillation", "jpg", _report("atrial-fibrillation", 13, _EDAN)),
    Sample("edan_lbbb", "Left bundle branch block", "jpg", _report("left-bundle-branch-block", 14, _EDAN)),
    Sample("edan_acute_anterior", "Acute anterior MI", "jpg", _report("acute-anterior-infarction", 15, _EDAN)),
    Sample("edan_acute_inferior", "Acute inferior MI", "jpg", _report("acute-inferior-infarction", 16, _EDAN)),
    Sample("edan_old_anterior", "Old anterior MI", "jpg", _report("old-anterior-infarction", 17, _EDAN)),
    Sample("edan_old_inferior", "Old inferior MI", "jpg", _report("old-inferior-infarction", 18, _EDAN)),
    Sample(
        "pvc_6x2",
        "Premature ventricular beats: 6x2+1, blue grid",
        "png",
        _report("premature-ventricular-beats", 21, replace(_A4, layout="6x2+1", grid="blue")),
    ),
    Sample(
        "flutter_12x1",
        "Atrial flutter: 12x1, green grid, pulse on the right",
        "webp",
        _report("atrial-flutter", 22, replace(_A4, layout="12x1", grid="green", calibration="right")),
    ),
    Sample(
        "rbbb_cabrera",
        "Right bundle branch block: Cabrera 6x2, grey grid",
        "png",
        _report("right-bundle-branch-block", 23, replace(_A4, layout="cabrera-6x2", grid="grey")),
    ),
    Sample(
        "normal_50mm",
        "Normal: 3x4+3 at 50 mm/s",
        "webp",
        _report("normal-sinus", 24, replace(_A4, layout="3x4+3", speed_mm_s=50.0), rate_bpm=80),
    ),
    Sample(
        "vt_half_gain",
        "Ventricular tachycardia: 3x4 at 5 mm/mV, no grid",
        "png",
        _report("ventricular-tachycardia", 25, replace(_A4, layout="3x4", gain_mm_mv=5.0, grid="none")),
    ),
    Sample(
        "photo_inferior",
        "Acute inferior MI, photographed",
        "jpg",
        _report("acute-inferior-infarction", 31, _A4, Camera.photo(1)),
    ),
    Sample(
        "photo_folded",
        "Atrial fibrillation, folded in three, photographed",
        "jpg",
        _report("atrial-fibrillation", 32, replace(_EDAN, dpi=150), replace(Camera.photo(2), folds=2)),
    ),
    Sample(
        "photo_old_anterior",
        "Old anterior MI: 6x2, curled and in shadow, photographed",
        "jpg",
        _report("old-anterior-infarction", 33, replace(_A4, layout="6x2"), replace(Camera.photo(3), curl=0.025)),
    ),
    Sample(
        "scan_normal",
        "Normal: 3x4+2, scanned askew",
        "jpg",
        _report("normal-sinus", 34, replace(_A4, layout="3x4+2"), Camera.scan(4)),
    ),
    Sample("document", "A page of text: no ECG", "png", lambda: draw_document(_A4, 41)),
    Sample("blank_grid", "Squared paper with no trace: no ECG", "png", lambda: draw_blank_grid(_A4)),
)


def samples() -> list[Sample]:
    """Return the committed samples."""
    return list(_SAMPLES)


def encoded(drawing: Drawing, file_format: str) -> bytes:
    """Encode the image as "jpg", "webp" or "png" at the best quality within `MAX_BYTES`."""
    image = Image.fromarray(drawing.image)
    for quality in range(90, 20, -2):
        file = BytesIO()
        if file_format == "png":
            # A drawing has few colours, so a palette suffices.
            image.quantize(64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        elif file_format == "jpg":
            image.save(file, "JPEG", quality=quality, optimize=True, progressive=True)
        else:
            image.save(file, "WEBP", quality=quality)
        if file.tell() <= MAX_BYTES:
            return file.getvalue()
    raise ValueError(f"the drawing does not fit {MAX_BYTES} bytes as {file_format}")


def write_samples(folder: Path = FOLDER) -> None:
    """Draw every committed sample and its ground truth into `folder`; the bytes are reproducible."""
    folder.mkdir(parents=True, exist_ok=True)
    for sample in _SAMPLES:
        drawing = sample.draw()
        (folder / sample.path.name).write_bytes(encoded(drawing, sample.file_format))
        (folder / sample.truth_path.name).write_text(drawing.truth_json(), encoding="utf-8")
