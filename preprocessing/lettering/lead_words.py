"""Names of leads as they are printed on paper."""

from __future__ import annotations

from dataclasses import dataclass

from preprocessing.lead_id import LEADS
from preprocessing.lettering.config import NAMES

# Definition: what may be printed as a lead's name. Cabrera's order shows aVR inverted.
PRINTED_LEADS = (*LEADS, "-aVR")
CABRERA = ("aVL", "I", "-aVR", "II", "aVF", "III")


@dataclass(frozen=True)
class PrintedName:
    """A lead's name as printed.

    Attributes
    ----------
    lead : str
        One of `PRINTED_LEADS`.
    left, top, right, bottom : float
        Its box in pixels of the page.
    confidence : float
        In [0, 1]; see `is_trusted`.
    """

    lead: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float

    @property
    def is_trusted(self) -> bool:
        """Whether it is confident enough to be used."""
        return self.confidence > NAMES.trusted

    @property
    def capital_px(self) -> float:
        """Height of its capitals, in pixels."""
        return self.bottom - self.top


def spellings(lead: str) -> tuple[str, ...]:
    """Return the spellings of a lead's name on paper, the usual one first.

    Examples
    --------
    >>> spellings("aVF")
    ('aVF', 'AVF', 'aVF:', 'VF')
    >>> spellings("V2")
    ('V2', 'V2:', 'C2')
    """
    if lead in {"I", "II", "III"}:
        return lead, lead + ":"
    if lead.startswith("V"):
        return lead, lead + ":", "C" + lead[1]
    if lead.startswith("-"):
        return lead, "-AVR"
    return lead, lead.upper(), lead + ":", lead[1:]
