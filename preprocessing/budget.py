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
def limited(seconds: float | None = STEP_SECONDS) -> Iterator[None]:
    """Give what runs within, or a function that this decorates, a budget; one around it stays in force; None is no end.

    Examples
    --------
    >>> with limited(0.01):  # doctest: +ELLIPSIS
    ...     while True:
    ...         spend()
    Traceback (most recent call last):
    preprocessing.errors.EcgImageError: The page holds ...
    """
    ends = [end for end in (_end.get(), None if seconds is None else thread_time() + seconds) if end is not None]
    token = _end.set(min(ends, default=None))
    try:
        yield
    finally:
        _end.reset(token)


def left() -> float | None:
    """Return how many seconds the running step has left, not below 0; None outside any step."""
    end = _end.get()
    return None if end is None else max(0.0, end - thread_time())


def spent_beside(seconds: float) -> None:
    """Take what another thread spent for the running step off its budget."""
    end = _end.get()
    if end is not None:
        _end.set(end - seconds)


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
