"""Memory that is no longer used goes back to the system.

The C library of Linux keeps what a large picture needed for the next one, in every thread that ever read one. After a
hundred pages that is more than all that was kept on purpose.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Return what was freed; where the system's library knows no such thing, it needs none."""
    if trim := _trim():
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    # Only GNU's library has it.
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
