"""Twelve leads from whatever a file holds: on one clock, at one rate, strips filled in, limb leads derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ecgviz.records.config import RECORDS
from preprocessing.errors import EcgImageError, Notice
from preprocessing.lead_id import LEADS, LeadId
from preprocessing.limb_leads import OF_I_AND_II
from preprocessing.traces import RATE_HZ


@dataclass(frozen=True)
class Record:
    """A record of twelve leads.

    Attributes
    ----------
    leads : dict of str to ndarray, shape (n,), float64
        Millivolts at `RATE_HZ` by the names of `LEADS`, at most ten seconds; NaN where nothing was recorded.
    file_format : str
        Such as ``WFDB``.
    rate_hz : float
        Of the file.
    notices : tuple of Notice
    """

    leads: Mapping[str, np.ndarray]
    file_format: str
    rate_hz: float
    notices: tuple[Notice, ...] = ()

    @property
    def duration_s(self) -> float:
        """Its length."""
        return self.leads["I"].size / RATE_HZ


class LeadBuffer:
    """Collects the signals of a file on one clock. What comes first stands; later signals fill its gaps.

    Parameters
    ----------
    file_format : str
        Named in refusals.
    """

    def __init__(self, file_format: str) -> None:
        self._format = file_format
        self._mv = np.full((len(LEADS), round(RECORDS.page_s * RATE_HZ)), np.nan)
        self._known: set[str] = set()
        self._end_s = 0.0
        self._rate_hz = 0.0

    @staticmethod
    def samples_at(rate_hz: float) -> int:
        """Return how many samples of a signal are needed."""
        return int(np.ceil((RECORDS.page_s + RECORDS.slack_s) * rate_hz)) + 1

    def add(self, lead: LeadId, mv: np.ndarray, rate_hz: float, start_s: float = 0.0, whole_s: float = 0.0) -> None:
        """Add a signal.

        Parameters
        ----------
        lead : LeadId
        mv : ndarray, shape (n,)
            Millivolts; NaN where nothing was recorded. Samples after `samples_at` may be left out.
        rate_hz : float
        start_s : float
            Time of the first sample.
        whole_s : float
            Duration in the file, where `mv` is only its beginning.
        """
        checked_rate(rate_hz, self._format)
        if not np.isfinite(start_s):
            raise damaged_record(self._format)
        self._known.add(lead.electrode)
        self._rate_hz = max(self._rate_hz, rate_hz)
        self._end_s = max(self._end_s, start_s + max(whole_s, mv.size / rate_hz))
        if mv.size < 2 or start_s >= RECORDS.page_s or start_s < 0:
            return
        values = np.where(np.isfinite(mv), mv, np.nan) * (-1.0 if lead.lead == "-aVR" else 1.0)
        at_s = np.arange(self._mv.shape[1]) / RATE_HZ - start_s
        # Straight lines between samples, as a page is drawn.
        resampled = np.interp(at_s, np.arange(mv.size) / rate_hz, values, left=np.nan, right=np.nan)
        row = self._mv[LEADS.index(lead.electrode)]
        row[:] = np.where(np.isnan(row), resampled, row)

    def record(self, *notices: Notice) -> Record:
        """Return the record.

        Raises
        ------
        EcgImageError
            ``not_12_lead`` or ``record_too_short``.
        """
        leads = dict(zip(LEADS, self._mv, strict=True))
        known = {lead for lead in self._known if np.isfinite(leads[lead]).any()}
        # Recorders store eight leads and derive the others.
        if {"I", "II"} <= known:
            for lead in (lead for lead in LEADS if lead in OF_I_AND_II and lead not in known):
                of_i, of_ii = OF_I_AND_II[lead]
                leads[lead] = of_i * leads["I"] + of_ii * leads["II"]
        derived = known | set(OF_I_AND_II) if {"I", "II"} <= known else known
        if missing := [lead for lead in LEADS if lead not in derived]:
            raise EcgImageError(
                "not_12_lead",
                f"This {self._format} file lacks {', '.join(missing)} of the twelve leads. Open a 12-lead record.",
            )
        seconds = _page_seconds(self._end_s)
        stop = min(round(seconds * RATE_HZ), round(self._end_s * RATE_HZ))
        if self._end_s > seconds + RECORDS.slack_s:
            first = Notice("first_seconds", f"The record lasts {self._end_s:.1f} s; its first {seconds:g} s are read.")
            notices = (*notices, first)
        return Record({lead: mv[:stop] for lead, mv in leads.items()}, self._format, self._rate_hz, notices)


def checked_rate(rate_hz: float, file_format: str) -> float:
    """Return a sampling rate that an ECG may have.

    Raises
    ------
    EcgImageError
        ``unsupported_format``.
    """
    low, high = RECORDS.rate_hz
    if not low <= rate_hz <= high:
        raise EcgImageError(
            "unsupported_format",
            f"This {file_format} file has {rate_hz:.4g} samples a second; {low:g} to {high:g} are read.",
        )
    return rate_hz


def damaged_record(file_format: str) -> EcgImageError:
    """Return the refusal of a damaged file of signals."""
    return EcgImageError("damaged_file", f"This {file_format} file is damaged or incomplete. Export it again.")


def _page_seconds(duration_s: float) -> float:
    for seconds in (RECORDS.page_s, RECORDS.short_page_s):
        if duration_s >= seconds - RECORDS.slack_s:
            return seconds
    raise EcgImageError(
        "record_too_short",
        f"The record lasts {duration_s:.1f} s; at least {RECORDS.short_page_s:g} s are needed. Open a longer record.",
    )
