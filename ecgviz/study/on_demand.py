"""Parts of a study that are computed at their first use: the stages of each lead, and the prediction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from threading import Lock
from time import perf_counter
from typing import Generic, TypeVar

from preprocessing.leads import LeadBox
from preprocessing.page import Page
from preprocessing.stages import Stage, StageSettings, lead_stages

Value = TypeVar("Value")


class Once(Generic[Value]):
    """A value computed at its first use, exactly once among all threads.

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
    >>> product = Once(lambda: 6 * 7)
    >>> product.value, product(), product.value
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
    """The stages of each lead, by `LeadBox.key`, in the order of the boxes.

    The pictures of a scanned page take 43 MB, so each lead's are computed only when that lead is requested.
    """

    def __init__(self, page: Page, boxes: Sequence[LeadBox], settings: StageSettings) -> None:
        self._leads = {box.key: Once(partial(lead_stages, page, box, settings)) for box in boxes}

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
