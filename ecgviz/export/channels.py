"""The traces as channels of equal length in whole microvolts, as DICOM, EDF+ and FHIR write them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ecgviz.study import MISSING_UV, Study, in_units, on_page_clock
from preprocessing.lead_id import LeadId


@dataclass(frozen=True)
class Channel:
    """One lead on the page's clock.

    Attributes
    ----------
    id : LeadId
    microvolts : ndarray, shape (n,), int16
        At `RATE_HZ`; `MISSING_UV` where nothing is printed or read.
    """

    id: LeadId
    microvolts: np.ndarray

    @property
    def label(self) -> str:
        """The lead as people name it, a strip with its role."""
        return f"{self.id.lead} rhythm" if self.id.is_strip else self.id.lead

    @property
    def runs(self) -> list[tuple[int, int]]:
        """First and stop of each stretch of samples without a gap."""
        return _stretches(self.microvolts != MISSING_UV)

    @property
    def gaps(self) -> list[tuple[int, int]]:
        """First and stop of each stretch without samples."""
        return _stretches(self.microvolts == MISSING_UV)


def channels_of(study: Study) -> list[Channel]:
    """Return the channels of a study in the usual order, strips last."""
    _, leads = on_page_clock(study.traces)
    return [Channel(LeadId.of_key(key), in_units(mv)) for key, mv in leads.items()]


def _stretches(of: np.ndarray) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], of, [False]]).astype(np.int8)))
    return [(int(first), int(stop)) for first, stop in edges.reshape(-1, 2)]
