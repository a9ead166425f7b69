"""What a study computes only when it is first used: the stages of each lead, and the prediction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from threading import Lock
from time import perf_counter
from typing import Generic, TypeVar

from preprocessing.leads import LeadBox
from preprocessing.page import Page
from preprocessing.stages import Stage, lead_stages

Value = TypeVar("Value")


class Once(Generic[Value]):
    """A value that is computed at its first use, once, whichever threads use it.

    Parameters
    ----------
    compute : callable
        Dropped once it has returned; if it raises, the next use tries again.

    Attributes
    ----------
    value : object or None
        The value where it was computed.
    seconds : float or None
        How long that took.

    Examples
    --------
    >>> answer = Once(lambda: 6 * 7)
    >>> answer.value, answer(), answer.value
    (None, 42, 42)
    """

    def __init__(self, compute: Callable[[], Value]) -> None:
        self.value: Value | None = None
        self.seconds: float | None = None
        self._compute: Callable[[], Value] | None = compute
        self._computing = Lock()

    def __call__(self) -> Value:
        """Return the value, computed if it is not there yet."""
        with self._computing:
            if self._compute is None:
                return self.value  # type: ignore[return-value]  # computed, so it is a Value
            start = perf_counter()
            value = self._compute()
            self.value, self.seconds, self._compute = value, perf_counter() - start, None
            return value


class StagesOnDemand(Mapping[str, tuple[Stage, ...]]):
    """The stages of each lead with the paper's settings, by `LeadBox.key`, in the order of the boxes.

    The pictures of a scanned page take 43 MB, so those of a lead are made when somebody looks at that lead.
    """

    def __init__(self, page: Page, boxes: Sequence[LeadBox]) -> None:
        self._leads = {box.key: Once(partial(lead_stages, page, box)) for box in boxes}

    def __getitem__(self, key: str) -> tuple[Stage, ...]:
        return self._leads[key]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._leads)

    def __len__(self) -> int:
        return len(self._leads)

    @property
    def seconds(self) -> float | None:
        """How long the stages computed so far took; None where there are none."""
        spent = [lead.seconds for lead in self._leads.values() if lead.seconds is not None]
        return sum(spent) if spent else None
