"""Count how often a reading flips with what no eye sees: ``python -m tests.benchmarks.stability``.

Collected pictures and generated pages are read as they are, then compressed as JPEG and AVIF, moved by half a pixel and
scaled by 2 %. A page is stable where the layout, whether it is refused, and its trust are the same in all of these.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from scipy.ndimage import shift

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from models.data import data_folder
from models.lead_snr import HALVES, half_of
from models.scoring import bootstrap
from preprocessing.picture import decode
from tests.benchmarks.independent_pages import CONDITIONS, GENERATORS, Task, drawn
from tests.benchmarks.page_pool import in_processes
from tests.benchmarks.page_scores import READ, Seen, see
from tests.independent.known_page import png

QUALITIES = (60, 70, 80, 90, 95)
SCALES = (0.98, 1.02)
DPI = 150
SEED = 15
COLLECTED, GENERATED = "collected", "generated"


@dataclass(frozen=True)
class State:
    """What must not flip: `trust` is its state, or whether leads contradict each other where readings have no trust."""

    status: str
    layout: str | None
    trust: str | None


@dataclass(frozen=True)
class PageStates:
    """One page: its state as it is, and in each variation."""

    page: str
    group: str
    state: State
    varied: Mapping[str, State]

    @property
    def flips(self) -> dict[str, State]:
        """The variations in which it is another."""
        return {name: state for name, state in self.varied.items() if state != self.state}


def variations(quick: bool) -> dict[str, Callable[[np.ndarray], bytes]]:
    """Return what is done to a page, by name: from its pixels to the content of a file."""
    qualities = QUALITIES[::2] if quick else QUALITIES
    compressed = {
        f"{form} {quality}": partial(_compressed, form=form, quality=quality)
        for form in ("JPEG", "AVIF")
        for quality in qualities
    }
    scaled = {f"scale {factor}": partial(_scaled, factor=factor) for factor in SCALES}
    return {**compressed, "half a pixel": _moved, **scaled}


def _compressed(image: np.ndarray, form: str, quality: int) -> bytes:
    stream = io.BytesIO()
    # As a phone or a browser does it: fast, and colour at half the resolution.
    Image.fromarray(image).save(stream, form, quality=quality, **({"speed": 8} if form == "AVIF" else {}))
    return stream.getvalue()


def _moved(image: np.ndarray) -> bytes:
    moved = shift(image.astype(np.float32), (0.5, 0.5, 0), order=3, mode="nearest", prefilter=True)
    return png(np.clip(np.rint(moved), 0, 255).astype(np.uint8))


def _scaled(image: np.ndarray, factor: float) -> bytes:
    size = round(image.shape[1] * factor), round(image.shape[0] * factor)
    return png(np.asarray(Image.fromarray(image).resize(size, Image.Resampling.LANCZOS)))


def state_of(seen: Seen) -> State:
    """Return what must not flip of a reading."""
    if seen.status != READ:
        return State(seen.status, None, None)
    contradiction = "contradicts" if seen.contradicts else "no contradiction"
    return State(seen.status, seen.layout, seen.trust or contradiction)


def judge(data: Path, quick: bool, task: Task | Path) -> PageStates:
    """Read one page as it is and in every variation."""
    if isinstance(task, Task):
        name, group = task.name, GENERATED
        content = drawn(data, task)[1]
    else:
        name, group = task.name, COLLECTED
        content = task.read_bytes()
    image = decode(content).rgb
    # From the same pixels, without their loss when they were first compressed.
    states = {how: state_of(see(vary(image))) for how, vary in variations(quick).items()}
    return PageStates(name, group, state_of(see(png(image))), states)


def tasks_of(data: Path, half: str | None, pages: int | None) -> list[Task | Path]:
    """Return so many collected pictures, by a fixed hash, and as many generated pages of all kinds; all without."""
    known = json.loads((data / "wild.json").read_text(encoding="utf-8"))["images"]
    chosen = [data / "wild" / Path(one["file"]).name for one in known if half in (None, half_of(one["group"]))]
    collected = sorted(chosen, key=lambda path: zlib.crc32(path.name.encode()))[:pages]
    kinds = [(generator, condition) for condition in CONDITIONS for generator in GENERATORS]
    generated = [Task(*kinds[nth % len(kinds)], DPI, SEED * 1000 + nth) for nth in range(len(collected))]
    return [*collected, *generated]


def figures_of(pages: Sequence[PageStates]) -> dict[str, Any]:
    """Return how many pages are stable, the share's interval, and how many flip in each variation."""
    stable = sum(not page.flips for page in pages)
    low, high = bootstrap.wilson(stable, len(pages))
    flips = {how: sum(how in page.flips for page in pages) for how in pages[0].varied}
    return {"pages": len(pages), "stable": stable, "interval": (round(low, 3), round(high, 3)), "flips": flips}


def main() -> None:
    """Read the selected pages in every variation, print shares and flips."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.stability", description=__doc__)
    parser.add_argument("--pages", type=int, help="so many collected and as many generated pages (default: all)")
    parser.add_argument("--half", choices=HALVES, help="only this half of the collected pictures (default: both)")
    parser.add_argument("--quick", action="store_true", help="three qualities in place of five")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default: %(default)s)")
    parser.add_argument("--out", type=Path, help="where the JSON goes")
    chosen = parser.parse_args()
    data = data_folder()
    pages = in_processes(partial(judge, data, chosen.quick), tasks_of(data, chosen.half, chosen.pages), chosen.jobs)
    groups = {group: [page for page in pages if page.group == group] for group in (COLLECTED, GENERATED)}
    figures = {group: figures_of(some) for group, some in {**groups, "all": pages}.items()}
    for group, figure in figures.items():
        low, high = figure["interval"]
        flips = ", ".join(f"{how} {count}" for how, count in figure["flips"].items() if count) or "none"
        print(
            f"{group}: {figure['stable']} of {figure['pages']} pages stable "
            f"({figure['stable'] / figure['pages']:.0%}, {low:.0%} to {high:.0%}); flips: {flips}"
        )
    for page in pages:
        for how, state in page.flips.items():
            print(f"{page.page}, {how}: {_words(page.state)} -> {_words(state)}")
    if chosen.out:
        result = {"figures": figures, "pages": [asdict(page) for page in pages]}
        chosen.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def _words(state: State) -> str:
    return f"{state.layout}, {state.trust}" if state.layout else state.status


if __name__ == "__main__":
    main()
