"""Score traces of drawn pages against what was drawn: ``python tests/benchmarks/drawn_signals.py``.

Real signals (PTB-XL) are drawn, scanned and photographed, read, and compared sample for sample at 500 Hz: no time
alignment, no gain fit, means removed, and what was not read counts as zero.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from scipy.ndimage import map_coordinates
from scipy.signal import resample_poly

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from models.data import data_folder
from preprocessing.errors import EcgImageError
from preprocessing.leads import (
    Layout,
    LeadBox,
    find_leads,
)
from preprocessing.page import Page, find_page
from preprocessing.traces import RATE_HZ, trace_leads
from sample_images import (
    Camera,
    CameraMap,
    Drawing,
    PageStyle,
    Recording,
    draw_page,
    edan_style,
    photograph,
)
from tests.benchmarks.other_pages import OTHER_STYLES, draw_other
from tests.benchmarks.trace_scores import Score, estimate_of, key_of, score, summary, worst_of

# Rows of ptbxl.npz. What is tuned on is not what is reported.
DEVELOPMENT = tuple(range(3, 1744, 97))
REPORTING = tuple(row for row in range(50, 1744, 71) if row not in DEVELOPMENT)
COLUMN_EDGE_SLACK_PX = 2.0
# So many of the worst leads go into the JSON.
WORST_KEPT = 10

STYLES: dict[str, PageStyle] = {
    "3x4+1": PageStyle(),
    "edan": edan_style(),
    "3x4+1 blue": PageStyle(grid="blue", dividers="none", dpi=150),
    "3x4+1 grey": PageStyle(grid="grey", dividers="full", calibration="right"),
    "6x2": PageStyle(layout="6x2", dividers="full"),
    "6x2+1": PageStyle(layout="6x2+1", dividers="full", dpi=150),
    "coarse": PageStyle(dpi=100, dividers="none"),
    "fine": PageStyle(dpi=300),
    "blue ink": PageStyle(ink_rgb=(24, 40, 130)),
    "thick ink": PageStyle(ink_width_mm=0.5, grid="green"),
}
SPLITS: dict[str, tuple[str, ...]] = {
    "clean": ("3x4+1",),
    "scanned": ("3x4+1",),
    "photographed": ("3x4+1",),
    "styles": tuple(STYLES)[1:],
    "other": tuple(OTHER_STYLES),
    "other scanned": ("kit", "plot 100 Hz"),
    "other photographed": ("kit", "plot 100 Hz"),
}


@dataclass(frozen=True)
class Task:
    """One page to draw and read. `by_truth` gives the reader boxes and a flat page made from the drawing's truth."""

    split: str
    style: str
    row: int
    by_truth: bool
    folder: Path


def camera_of(split: str, seed: int) -> Camera | None:
    """Return the camera of a split: a scanner up to 5 degrees askew, a phone, or none."""
    if split.endswith("scanned"):
        rng = np.random.default_rng(seed)
        angle, blur, noise = rng.uniform(-5, 5), rng.uniform(0.4, 0.8), rng.uniform(2, 6)
        return replace(Camera.scan(seed), rotation_deg=angle, blur_px=blur, noise=noise, jpeg_quality=60)
    return Camera.photo(seed) if split.endswith("photographed") else None


def recording_of(folder: Path, row: int) -> Recording:
    """Return a record of PTB-XL, brought from 100 to 500 samples a second."""
    with np.load(folder / "signals" / "ptbxl.npz") as file:
        signals_mv = file["signals"][row].T / 1000.0
    return Recording.from_array(resample_poly(signals_mv, RATE_HZ // 100, 1, axis=1, padtype="line"), RATE_HZ)


def flattened(photo: Drawing, camera: Camera, shape: tuple[int, int]) -> np.ndarray:
    """Bring a photograph back to the page that it shows, by the camera's own map."""
    y_px, x_px = np.mgrid[: shape[0], : shape[1]]
    seen = CameraMap(camera, *shape).to_photo(np.column_stack([x_px.ravel(), y_px.ravel()]).astype(float))
    places = seen.T[::-1].reshape(2, *shape)
    channels = [map_coordinates(photo.image[..., channel], places, order=1, mode="nearest") for channel in range(3)]
    return np.stack(channels, axis=-1)


def layout_of(drawing: Drawing, rng: np.random.Generator) -> Layout:
    """Return the drawing's own boxes, with column edges as good as a reader's."""
    edges = {
        round(x): x + rng.uniform(-1, 1) * COLUMN_EDGE_SLACK_PX
        for x in np.unique([q.quad[:, 0] for q in drawing.leads])
    }
    boxes = [
        LeadBox(
            lead.lead,
            lead.role,
            edges[round(lead.quad[0, 0])],
            lead.quad[0, 1],
            edges[round(lead.quad[1, 0])],
            lead.quad[2, 1],
            lead.start_s,
        )
        for lead in drawing.leads
    ]
    return Layout(drawing.layout or "", 1.0, tuple(boxes))


def read(task: Task) -> tuple[Drawing, Page | None, Layout | None]:
    """Draw a page as it is shown to the reader, and find its leads; None where the page is refused."""
    recording = recording_of(task.folder, task.row)
    if task.split.startswith("other"):
        drawing = draw_other(recording, OTHER_STYLES[task.style])
    else:
        drawing = draw_page(recording, STYLES[task.style])
    camera = camera_of(task.split, task.row)
    seen = drawing if camera is None else photograph(drawing, camera)
    if not task.by_truth:
        try:
            return seen, *find_leads(find_page(seen.image))
        except EcgImageError:
            return seen, None, None
    image = seen.image if camera is None else flattened(seen, camera, drawing.image.shape[:2])
    scale = drawing.px_per_mm
    page = Page(image, scale, scale, "grid", drawing.speed_mm_s or 25.0, drawing.gain_mm_mv or 10.0)
    return seen, page, layout_of(drawing, np.random.default_rng(task.row))


def judge(task: Task) -> list[Score]:
    """Draw, read and score one page."""
    drawing, page, layout = read(task)
    found = {trace.key: trace for trace in trace_leads(page, layout)} if page and layout else {}
    scores = []
    for lead in drawing.leads:
        estimate = estimate_of(lead, found)
        snr_db, pearson = score(lead.samples_mv, estimate)
        share = float(np.isfinite(estimate).mean())
        scores.append(Score(task.split, task.style, task.row, key_of(lead), snr_db, pearson, share))
    return scores


def tasks_of(chosen: argparse.Namespace) -> Iterator[Task]:
    """Yield the pages that the command line selects."""
    folder = data_folder()
    rows = DEVELOPMENT if chosen.development else REPORTING
    for split in chosen.splits:
        for style in SPLITS[split]:
            if not chosen.styles or style in chosen.styles:
                for row in rows[: chosen.count]:
                    yield Task(split, style, row, chosen.by_truth, folder)


def main() -> None:
    """Score the selected pages, print a table and write the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python tests/benchmarks/drawn_signals.py", description=__doc__)
    parser.add_argument("--splits", nargs="+", choices=list(SPLITS), default=list(SPLITS))
    parser.add_argument("--styles", nargs="+", choices=list(STYLES), default=[], help="only these")
    parser.add_argument("--development", action="store_true", help="the signals to tune on, not those to report")
    parser.add_argument("--by-truth", action="store_true", help="boxes and a flat page from the drawing's truth")
    parser.add_argument("--count", type=int, help="signals a style (default: all)")
    parser.add_argument("--worst", type=int, default=0, help="list so many of the worst leads, one a page")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--out", type=Path, help="where the JSON goes")
    chosen = parser.parse_args()
    with Pool(chosen.processes) as pool:
        scores = [score for page in pool.imap_unordered(judge, list(tasks_of(chosen))) for score in page]
    figures = {}
    for split in chosen.splits:
        for style in SPLITS[split]:
            if mine := [score for score in scores if (score.split, score.style) == (split, style)]:
                figures[f"{split}: {style}"] = summary(mine)
    for name, figure in figures.items():
        print(f"{name:28}" + "  ".join(f"{key} {value}" for key, value in figure.items()))
    for one in worst_of(scores, chosen.worst):
        print(f"{one.snr_db:6.1f} dB  read {one.read:.3f}  {one.split}, {one.style}, row {one.row}, {one.lead}")
    if chosen.out:
        result = {
            "signals": "development" if chosen.development else "reporting",
            "figures": figures,
            "worst": [asdict(one) for one in worst_of(scores, WORST_KEPT)],
        }
        chosen.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
