"""A budget of processor time for a step of reading: a page that would take minutes is refused instead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import thread_time

from preprocessing.errors import EcgImageError

# Processor seconds of one step: `find_page`, `find_leads` or `trace_leads`. Decoding and all steps together took at
# most 4.8 s on 11 drawn pages of 9 megapixels in eleven layouts, the largest that are read. Other processes of a busy
# machine do not count.
STEP_SECONDS = 6.0

# When the budget of the running step ends, on the clock of this thread; None outside any step.
_end: ContextVar[float | None] = ContextVar("_end", default=None)


@contextmanager
def limited(seconds: float = STEP_SECONDS) -> Iterator[None]:
    """Give what runs within, or a function that this decorates, a budget; one around it stays in force.

    Examples
    --------
    >>> with limited(0.01):  # doctest: +ELLIPSIS
    ...     while True:
    ...         spend()
    Traceback (most recent call last):
    preprocessing.errors.EcgImageError: The page holds ...
    """
    around = _end.get()
    own = thread_time() + seconds
    token = _end.set(own if around is None else min(own, around))
    try:
        yield
    finally:
        _end.reset(token)


def spend() -> None:
    """Check the budget; called from loops whose length depends on the page.

    Raises
    ------
    EcgImageError
        ``too_complex`` once the budget is spent.
    """
    end = _end.get()
    if end is not None and thread_time() > end:
        raise EcgImageError(
            "too_complex",
            "The page holds more strokes than a report of an ECG does. Open the page alone, without pictures or "
            "patterns around it.",
        )
