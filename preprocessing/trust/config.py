"""Tuned numbers of the trust in a reading, each with its reason and unit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LeadSnr:
    """Of the estimated signal to noise ratio of a lead."""

    doubted_db: float = 10.0
    """Below it a lead is named as doubted. The figures of the fit's card are with this limit; at 12 dB five of 15
    real reports of the usual recorder are marked, at 10 two."""
    clock_slope: float = 2.0
    clock_offset_db: float = -2.0
    """A lead shifted as far as other beginnings lie that the page allows keeps a ratio to itself; so many times it and
    this is what the lead has at most, 10 dB where it keeps 6. Of the leads of independent generators (seeds 1 to 3)
    that keep less than 6 dB a half is misread, of those above 18 one in thirty. `preprocessing/LOG.md` has others."""
    range_db: tuple[float, float] = (-10.0, 35.0)
    """Estimates beyond what was seen in fitting mean no more than its limits."""


LEAD_SNR = LeadSnr()
