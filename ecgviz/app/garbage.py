"""Exempt libraries and networks from the garbage collection that follows each run of a page.

Streamlit collects garbage after each run, before the last messages of the run leave. TensorFlow, its networks and the
other libraries are a million objects that live as long as the app: scanning them took 210 ms of a processor after each
click, of 12 ms that the click itself needed. So a full collection looks at what is new, and only a thorough one at
everything: when libraries were loaded since the last, or that is long ago. What survives a thorough one is exempt until
the next, so that a closed session waits for it at most so long.
"""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass
from time import monotonic
from typing import Any

# TensorFlow brings 2,000 modules, a page of ours at most 60.
MODULES_MANY = 100
THOROUGH_EVERY_S = 600.0
_OLDEST = 2


@dataclass
class Exempting:
    """Makes a full collection thorough where one is due; called by the collector as it begins and ends.

    Attributes
    ----------
    modules_n : int
        Modules that were loaded at the last thorough collection.
    last_s : float
        When that was, by the monotonic clock.
    is_thorough : bool
        Whether the collection that runs now is thorough.
    """

    modules_n: int = 0
    last_s: float = float("-inf")
    is_thorough: bool = False

    def __call__(self, phase: str, info: dict[str, Any]) -> None:
        """Follow a collection; `phase` is ``start`` or ``stop``."""
        if info["generation"] != _OLDEST:
            return
        if phase == "start":
            self.is_thorough = self.is_due(len(sys.modules), monotonic())
            if self.is_thorough:
                gc.unfreeze()
        elif self.is_thorough:
            gc.freeze()
            self.modules_n, self.last_s, self.is_thorough = len(sys.modules), monotonic(), False

    def is_due(self, modules_n: int, now_s: float) -> bool:
        """Return whether a thorough collection is due.

        Examples
        --------
        >>> collector = Exempting(modules_n=1000, last_s=0.0)
        >>> collector.is_due(1010, 60.0), collector.is_due(3000, 60.0), collector.is_due(1010, 601.0)
        (False, True, True)
        """
        return modules_n >= self.modules_n + MODULES_MANY or now_s >= self.last_s + THOROUGH_EVERY_S


_EXEMPTING = Exempting()


def exempt() -> None:
    """Exempt what lives long from now on; calling it again changes nothing."""
    if _EXEMPTING not in gc.callbacks:
        gc.callbacks.append(_EXEMPTING)


def collect_exempt_too() -> None:
    """Collect everything now: what was exempt may have been closed."""
    _EXEMPTING.last_s = float("-inf")
    gc.collect()
