"""Medians of the road from file to leads, and what it needs of memory: ``python tests/benchmarks``."""

from __future__ import annotations

import argparse
import io
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from PIL import Image

import sample_images as drawn
from ecgviz.charts import otsu_charts
from ecgviz.drawing import pictures
from ecgviz.study import (
    open_study,
    reading_of,
    restage,
)
from models.data import data_folder
from preprocessing.leads import find_leads
from preprocessing.page import find_page
from preprocessing.picture import decode
from preprocessing.stages import StageSettings, lead_stages

MEMORY_PROBE = r"""
import re, resource, sys
from pathlib import Path
sys.path.insert(0, {root!r})
data = open({file!r}, 'rb').read()
def peak_mb():
    # What a process inherits counts in ru_maxrss on Linux, and not in VmHWM.
    status = Path('/proc/self/status')
    if status.exists():
        return int(re.search(r'VmHWM:\s+(\d+)', status.read_text())[1]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == 'darwin' else 2**10)
bare = peak_mb()
from ecgviz.study.reading import reading_of
imported = peak_mb()
for _ in range(3):
    assert reading_of(data, 'page', with_models=False)['status'] == 'read'
print(bare, imported, peak_mb())
"""


def page_jpeg() -> tuple[bytes, str]:
    """Return a 2213 x 1572 JPEG: a real report where there are some, else a drawn one, and which it is."""
    folder = data_folder() / "reports"
    real = sorted(folder.glob("*.avif"))
    if real:
        picture, what = Image.open(real[0]).convert("RGB"), "a real report"
    else:
        picture = Image.fromarray(drawn.draw_page(drawn.simulate(), drawn.edan_style()).image)
        what = "a drawn report"
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=90)
    return stream.getvalue(), what


def median_ms(action: Callable[[], object], times: int) -> tuple[float, float]:
    """Return the median and the slowest of some runs in milliseconds, after two runs to warm up."""
    seconds = []
    for number in range(times + 2):
        start = perf_counter()
        action()
        if number >= 2:
            seconds.append(perf_counter() - start)
    return statistics.median(seconds) * 1000, max(seconds) * 1000


def redraw(study, key: str, sigma: float) -> None:
    """Do what the workbench does when a control moves: compute the stages, four pictures and the chart."""
    stages = restage(study, StageSettings(sigma=sigma, threshold_shift=0.05)).stages[key]
    for stage in stages[:4]:
        pictures.data_url(pictures.png(stage.picture))
    otsu_charts.otsu_chart_of(stages).to_dict()


def memory_mb(data: bytes, scratch: Path) -> dict[str, float]:
    """Read a page in a process of its own and return its peak memory in MiB."""
    file = scratch / "page.jpg"
    file.write_bytes(data)
    code = MEMORY_PROBE.format(root=str(ROOT), file=str(file))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    bare, imported, peak = (float(value) for value in done.stdout.split())
    return {"interpreter": bare, "imported": imported, "peak": peak, "above_interpreter": peak - bare}


def main() -> None:
    """Measure, print a table and write the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python tests/benchmarks", description=__doc__)
    parser.add_argument("--times", type=int, default=15, help="runs of each step (default: %(default)s)")
    parser.add_argument("--out", type=Path, default=Path("benchmarks.json"), help="where the JSON goes")
    chosen = parser.parse_args()
    data, what = page_jpeg()
    image = decode(data)
    page = find_page(image.rgb)
    study = open_study(data, "page.jpg")
    recording = drawn.simulate(seed=1)
    sigma = iter(range(10**6))
    steps: dict[str, Callable[[], object]] = {
        "decode": lambda: decode(data),
        "page": lambda: find_page(image.rgb),
        "leads": lambda: find_leads(page),
        "stages of 13 leads": lambda: [lead_stages(study.page, box) for box in study.layout.boxes],
        "file to 13 preprocessed leads": lambda: dict(open_study(data, "page.jpg").stages),
        "whole reading": lambda: reading_of(data, "page.jpg", with_models=False),
        "redraw of lead I": lambda: redraw(study, "I", next(sigma) % 60 / 10),
        "redraw of the strip": lambda: redraw(study, "II_rhythm", next(sigma) % 60 / 10),
        "draw an A4 page at 200 dpi": lambda: drawn.draw_page(recording, drawn.PageStyle(dpi=200)),
    }
    print(f"{what}, 2213 x 1572 JPEG of {len(data) / 1e6:.2f} MB; {os.cpu_count()} cores; medians of {chosen.times}\n")
    print(f"{'step':32}{'median ms':>10}{'slowest ms':>12}")
    figures = {}
    for name, action in steps.items():
        median, slowest = median_ms(action, chosen.times)
        figures[name] = {"median_ms": round(median, 1), "slowest_ms": round(slowest, 1)}
        print(f"{name:32}{median:10.1f}{slowest:12.1f}")
    with tempfile.TemporaryDirectory() as scratch:
        memory = memory_mb(data, Path(scratch))
    print(f"\npeak memory {memory['peak']:.0f} MiB, {memory['above_interpreter']:.0f} MiB above the bare interpreter")
    result = {
        "page": what,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "times": chosen.times,
        "steps": figures,
        "memory_mib": {name: round(value, 1) for name, value in memory.items()},
    }
    chosen.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
