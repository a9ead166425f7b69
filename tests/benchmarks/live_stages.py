"""From a moved slider to its prediction: ``python -m tests.benchmarks.live_stages``.

Times what Preprocessing computes when sigma or the threshold moves: the stages of all thirteen leads, the pictures that
networks receive, and the prediction of one network over pictures from each lead and for the report. Reading the page
and drawing the charts are not included; `app_speed.py` times the page in a browser.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from ecgviz.predictions import live
from ecgviz.study import open_study, restage
from models.networks import PAPER_NETWORKS
from preprocessing.stages import StageSettings
from sample_images import samples

SAMPLE = "edan_normal"
# Milliseconds on two cores.
MOST_MS = {"ours": 500, "article's": 900}


def timed_ms(action: Callable[[StageSettings], object], runs: int) -> list[float]:
    """Return the milliseconds of some runs, each with settings of its own, after two to warm up."""
    spent = []
    for number in range(runs + 2):
        settings = StageSettings(sigma=0.5 + number / 20, threshold_shift=0.01)
        start = perf_counter()
        action(settings)
        if number >= 2:
            spent.append(1000 * (perf_counter() - start))
    return spent


def main() -> None:
    """Measure, print a table, and write the figures as JSON where asked to."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.live_stages", description=__doc__)
    parser.add_argument("--runs", type=int, default=20, help="runs of each step (default: %(default)s)")
    parser.add_argument("--out", type=Path, help="where the JSON goes")
    chosen = parser.parse_args()
    study = open_study(next(sample.path for sample in samples() if sample.name == SAMPLE))
    print(f"{SAMPLE}, {len(study.layout.boxes)} leads; {os.cpu_count()} cores; load {os.getloadavg()[0]:.1f}")
    steps: dict[str, Callable[[StageSettings], object]] = {
        "stages of all leads": lambda settings: dict(restage(study, settings).stages),
        "stages and pictures": lambda settings: restage(study, settings).pictures,
    }
    for name in live.picture_networks():
        steps[name] = lambda settings, name=name: live.of_pictures(restage(study, settings), name)  # type: ignore[misc]
    figures = {}
    for name, action in steps.items():
        spent = timed_ms(action, chosen.runs)
        most = MOST_MS["article's" if name in PAPER_NETWORKS else "ours"]
        figures[name] = {"median_ms": round(median(spent)), "slowest_ms": round(max(spent)), "most_ms": most}
        print(
            f"{name:24} median {median(spent):5.0f} ms, slowest {max(spent):5.0f} ms of {chosen.runs}; most {most} ms"
        )
    if chosen.out:
        chosen.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
