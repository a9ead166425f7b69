"""What stays for as long as the app does: loaded once, and never again looked through for rubbish.

After each run of a page Python is made to look through everything for what is no longer used, twice where networks are
loaded. They and the libraries are half a million objects that all stay; looking at them took longer than the page did.
"""

from __future__ import annotations

import gc
from functools import cache
from importlib import import_module
from threading import Thread

from models.serving import predictor

# SciPy loads its parts when they are first asked for: for the first page that is too early, at a report it is too late.
PARTS = ("scipy.fft", "scipy.interpolate", "scipy.ndimage", "scipy.optimize", "scipy.signal", "scipy.special")


def warm_up() -> None:
    """Load what a report needs while the reader is still choosing one."""
    Thread(target=_loaded, daemon=True).start()


@cache
def _loaded() -> None:
    for part in PARTS:
        import_module(part)
    # Charts too: the verdict needs them, the first page does not.
    from ecgviz.sections import models  # noqa: F401

    predictor.networks()
    # What is rubbish by now goes first: whatever is there when the rest is set aside stays.
    gc.collect()
    gc.freeze()
