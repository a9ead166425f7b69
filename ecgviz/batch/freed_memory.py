"""Return freed memory to the system.

The C library of Linux keeps the memory of a large image for the next one, in every thread that read one. After a
hundred pages that is more than all results together.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from functools import cache


def release_memory() -> None:
    """Return freed memory; other C libraries do so by themselves."""
    if trim := _trim():
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    # Only the GNU library has it.
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
