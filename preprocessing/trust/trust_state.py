"""The trust in one reading, from its notices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from preprocessing.errors import Notice
from preprocessing.trust.doubts import DOUBTS, FORBIDS_PREDICTION, Rest


class TrustState(StrEnum):
    """Whether a reading is offered without a mark of doubt."""

    GOOD = "good"
    PROVISIONAL = "provisional"


@dataclass(frozen=True)
class Trust:
    """How far a reading can be trusted.

    Attributes
    ----------
    reasons : tuple of str
        Codes of the notices that are doubts, each once, in their order; empty if there is none.
    """

    reasons: tuple[str, ...] = ()

    @property
    def state(self) -> TrustState:
        """Good without a doubt, provisional with any."""
        return TrustState.PROVISIONAL if self.reasons else TrustState.GOOD

    def doubts(self, rest: Rest) -> tuple[str, ...]:
        """Return the reasons that concern figures which rest on this."""
        return tuple(code for code in self.reasons if rest in DOUBTS[code])

    @property
    def forbids_prediction(self) -> tuple[str, ...]:
        """The reasons for which no prediction applies."""
        return tuple(code for code in self.reasons if code in FORBIDS_PREDICTION)


def trust_of(notices: Iterable[Notice]) -> Trust:
    """Return the trust in a reading with these notices."""
    return Trust(tuple(dict.fromkeys(notice.code for notice in notices if notice.code in DOUBTS)))
