"""What a file of signals may hold: limits of memory, time and ink.

Where a comment gives quantiles, they are of the 1,744 PTB-XL records of ten seconds in the shared data.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RecordConfig:
    """Limits of a record and of the page that is drawn from it."""

    # Sampling rates that an ECG may have, Hz: below, no QRS complex has a shape; above lie only high-resolution ECGs.
    rate_hz: tuple[float, float] = (50.0, 32000.0)
    # A page of ten seconds at 25 mm/s; a shorter record fills five seconds at 50 mm/s. A tenth of a second may lack.
    page_s: float = 10.0
    short_page_s: float = 5.0
    slack_s: float = 0.1
    # Least share of a lead's printed time that must have samples: the page's reader needs most of its stroke.
    least_printed: float = 0.5
    # Farthest that a trace may swing from its median before it is cut, mV: half of the records stay within 1.9, 99 in
    # 100 within 6.1; beyond lie faulty electrodes.
    most_mv: float = 8.0
    # Largest extent of a lead that is drawn at 10 mm/mV, mV: rows are 44 mm apart. One record in seven exceeds it and
    # is drawn at 5 mm/mV.
    usual_extent_mv: float = 4.0
    # Most way up and down of all leads in ten seconds, in metres of paper: records have 1.7 to 15.2, median 4.6.
    most_ink_m: float = 60.0
    # Most bytes that a zip archive of one record may unpack to: half an hour of twelve leads has 22 MB.
    most_unpacked_bytes: int = 64 * 2**20
    # Most files in such an archive that are looked at.
    most_members: int = 2000
    # Most tags of an XML document: an annotated ECG has some 1,000, with every beat annotated 20,000.
    most_tags: int = 200_000
    # Most signals of a record: a sleep recording has some 40.
    most_signals: int = 256


RECORDS = RecordConfig()
