"""How leads are called on paper."""

from __future__ import annotations

from dataclasses import dataclass

from preprocessing.lead_id import LEADS

# Names that may be printed: Cabrera's order has aVR inverted.
PRINTED_LEADS = (*LEADS, "-aVR")
# A name that is read less surely is not believed.
TRUSTED_NAME = 0.5
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
        In [0, 1].
    """

    lead: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float

    @property
    def capital_px(self) -> float:
        """Height of its capitals."""
        return self.bottom - self.top


def spellings(lead: str) -> tuple[str, ...]:
    """Return the ways to print a lead's name, the usual one first.

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
