"""What each pixel of a page is: trace, grid, print, calibration pulse, divider, or not paper at all.

A small convolutional network, trained on endless drawn pages by `models.segmentation`, run by ONNX Runtime.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from preprocessing.lead_id import LEADS
from preprocessing.page.config import PAGE, SEGMENTATION
from preprocessing.side_by_side import threads
from preprocessing.weights_file import checked_bytes

if TYPE_CHECKING:
    import onnxruntime

# What a pixel may be; it may be several at once, as where a trace crosses the grid.
PIXEL_LABELS = ("trace", "grid", "print", "pulse", "divider", "outside")
# Heat maps of the printed names of leads, and of any of them. One pixel of them is four of the maps of labels.
NAMES = (*LEADS, "any")
NAMES_STRIDE = 4
SEGMENTATION_FILE = Path(__file__).with_name("segmentation.onnx")


@dataclass(frozen=True)
class PixelMaps:
    """What the pixels of a picture are.

    Attributes
    ----------
    labels : ndarray, shape (6, rows, columns), uint8
        For each of `PIXEL_LABELS` the share of each pixel that it covers; 255 is all of it.
    names : ndarray, shape (13, rows / 4, columns / 4), uint8
        For each of `NAMES` how surely the centre of such a name is there.
    px_per_mm : float
        Assumed scale of the maps: where the picture's own was guessed, that of the maps is off by the same factor.
    enlarged : dict of tuple to ndarray
        What was enlarged, by label and shape, until `forget_enlarged`: leads and traces need the same.
    """

    labels: np.ndarray
    names: np.ndarray
    px_per_mm: float
    enlarged: dict[tuple[str, tuple[int, int]], np.ndarray] = field(default_factory=dict, repr=False, compare=False)

    @property
    def not_grid(self) -> np.ndarray:
        """Where something other than grid and paper lies, shape (rows, columns), bool."""
        others = (self.of(label) >= SEGMENTATION.covered for label in PIXEL_LABELS if label != "grid")
        return np.asarray(reduce(np.logical_or, others))

    @property
    def of_page(self) -> np.ndarray:
        """Where the page is seen, and not what lies around it, shape (rows, columns), bool."""
        inked = (self.of(label) >= SEGMENTATION.covered for label in PIXEL_LABELS if label != "outside")
        return np.asarray(reduce(np.logical_or, inked, self.of("outside") < SEGMENTATION.covered))

    @property
    def show_a_page(self) -> bool:
        """Whether there is more trace, or more grid, than in a picture of something else."""
        least = {"trace": PAGE.least_trace, "grid": PAGE.least_grid}
        return any(float((self.of(label) >= SEGMENTATION.covered).mean()) > share for label, share in least.items())

    def of(self, label: str) -> np.ndarray:
        """Return the map of one label, shape (rows, columns), uint8."""
        return np.asarray(self.labels[PIXEL_LABELS.index(label)])

    def at_full_size(self, label: str, shape: tuple[int, int]) -> np.ndarray:
        """Return the map of one label with the picture's own (rows, columns), float32 in [0, 1]."""
        return np.asarray(self._full(label, shape) * np.float32(1 / 255))

    def above(self, share: float, label: str, shape: tuple[int, int]) -> np.ndarray:
        """Return where that map is above a share in [0, 1), shape (rows, columns), bool."""
        shares = np.arange(256) * np.float32(1 / 255)
        return np.asarray(self._full(label, shape) > np.count_nonzero(shares <= share) - 1)

    def _full(self, label: str, shape: tuple[int, int]) -> np.ndarray:
        map_ = self.of(label)
        if map_.shape != shape and (label, shape) not in self.enlarged:
            full = Image.fromarray(map_).resize(shape[::-1], Image.Resampling.BICUBIC)
            self.enlarged[label, shape] = np.asarray(full)
        return self.enlarged.get((label, shape), map_)

    def forget_enlarged(self) -> None:
        """Free what `at_full_size` and `above` keep: up to four bytes for each pixel of the page."""
        self.enlarged.clear()


def segment(rgb: np.ndarray, px_per_mm_x: float, px_per_mm_y: float) -> PixelMaps:
    """Label the pixels of a picture.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8
    px_per_mm_x, px_per_mm_y : float
        Its scale along each axis, to within a third.
    """
    rows, columns = rgb.shape[:2]
    scales = SEGMENTATION.px_per_mm / px_per_mm_x, SEGMENTATION.px_per_mm / px_per_mm_y
    size = max(1, round(columns * scales[0])), max(1, round(rows * scales[1]))
    if size != (columns, rows):
        rgb = np.asarray(Image.fromarray(rgb).resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0))
    multiple = SEGMENTATION.multiple_px
    padded = np.pad(rgb, ((0, -size[1] % multiple), (0, -size[0] % multiple), (0, 0)), mode="edge")
    session, options = _session(min(SEGMENTATION.threads, threads()))
    labels, names = session.run(["pixels", "names"], {"rgb": padded[None]}, options)
    return PixelMaps(
        np.ascontiguousarray(labels[0, :, : size[1], : size[0]]),
        np.ascontiguousarray(names[0, :, : -(-size[1] // NAMES_STRIDE), : -(-size[0] // NAMES_STRIDE)]),
        SEGMENTATION.px_per_mm,
    )


@cache
def _session(threads: int) -> tuple[onnxruntime.InferenceSession, onnxruntime.RunOptions]:
    """Return the network, to be run in so many threads, and how each of its runs is done."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Spinning threads would take the cores of everything else that runs.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    # Within a run an arena of memory halves the time. Pages differ in size: unless it is returned after each run, the
    # arena keeps the memory of each size that it met, 3 GB after some hundred pages.
    run_options = onnxruntime.RunOptions()
    run_options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    providers = ["CPUExecutionProvider"]
    return onnxruntime.InferenceSession(checked_bytes(SEGMENTATION_FILE), options, providers=providers), run_options
