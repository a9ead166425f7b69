"""Load in the background what the first report needs, and exempt it from garbage collection."""

from __future__ import annotations

import gc
from functools import cache
from importlib import import_module
from threading import Thread

from ecgviz.app import garbage
from preprocessing.side_by_side import share_memory

# SciPy loads its parts on first use. For the first page that is too early, for the first report it is too late.
PARTS = ("scipy.fft", "scipy.interpolate", "scipy.ndimage", "scipy.optimize", "scipy.signal", "scipy.special")
THREAD = "preload"


def start() -> None:
    """Load everything in a thread of its own while the reader is still choosing a report."""
    share_memory()
    Thread(target=load, name=THREAD, daemon=True).start()


@cache
def load() -> None:
    """Load everything, once; the second caller waits for nothing."""
    for part in PARTS:
        import_module(part)
    # The reading of a report and the charts of its prediction; the empty first page needs neither.
    from ecgviz.app import report_view  # noqa: F401
    from ecgviz.processes import warm_up
    from ecgviz.sections import models, signals  # noqa: F401
    from models.beats import live
    from models.serving import predictor

    warm_up()
    predictor.networks()
    # Those that Beat lab opens with: 0.3 s of processor time that its first visitor would wait for.
    live.networks_for(live.FIRST_TASK)
    garbage.exempt()
    gc.collect()
