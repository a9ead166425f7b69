"""What a recorder prints beside the traces, its measurements, filter and statements: read where they are certain."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np

from preprocessing.lettering.config import BLOCK
from preprocessing.lettering.glyph_windows import page_ink
from preprocessing.lettering.print_lines import rows_of, votes_of
from preprocessing.lettering.printed_statements import Statements, statements_among

# Definition: by names of the reading, in the network's characters (`printed_line.as_block`): i and l are 1, o is 0.
_GAP = r"[ :.]*"
_DEG = r"(-?\d{1,3})"
_PATTERNS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (names, re.compile(pattern))
    for names, pattern in (
        (("heart_rate_bpm",), rf"(?:\bhr|\brate){_GAP}(\d{{2,3}})(?![\d./])"),
        # EDAN's line of settings: the rate stands after a heart, read as v, between the arrangement and the model.
        (("heart_rate_bpm",), r"mm/mv \S+(?: \S+)? +v ?(\d{2,3}) +s\S"),
        (("p_ms",), rf"(?:^| )p{_GAP}(\d{{2,3}}) *ms"),
        (("pr_ms",), rf"\bpr(?: 1nterva1)?{_GAP}(\d{{2,3}}) *ms"),
        (("qrs_ms",), rf"\bqrs(?: durat10n)?{_GAP}(\d{{2,3}}) *ms"),
        # No other measurement is a pair of milliseconds: its name, small letters after a slash, need not be read.
        (("qt_ms", "qtc_ms"), rf"\bq\S*{_GAP}(\d{{3}}) *[/v] *(\d{{3}}) *ms"),
        (
            ("p_axis_deg", "axis_deg", "t_axis_deg"),
            rf"\bp\S{{1,6}}t(?: axes)?\b{_GAP}{_DEG}[ /v]+{_DEG}[ /v]+{_DEG}(?![\d.])",
        ),
        (("rv5_mv", "sv1_mv"), rf"\brv\S*{_GAP}(\d\.\d{{3}}) */ *(\d\.\d{{3}}) *mv"),
        (("high_pass_hz", "low_pass_hz"), r"(?<![\d.])(0?\.\d{1,2}) *- *(\d{2,3}) *hz"),
    )
)
# Filters that recorders offer, Hz. Any other number is a misreading.
HIGH_PASS_HZ = (0.01, 0.05, 0.15, 0.16, 0.25, 0.32, 0.5, 0.67)
LOW_PASS_HZ = (20.0, 25.0, 30.0, 35.0, 40.0, 45.0, 70.0, 75.0, 100.0, 150.0, 250.0, 300.0, 350.0)
_KNOWN = {"high_pass_hz": HIGH_PASS_HZ, "low_pass_hz": LOW_PASS_HZ}


@dataclass(frozen=True)
class PrintedBlock:
    """What a page prints of its own measurements, as far as it was read with certainty.

    Attributes
    ----------
    values : dict of str to float
        By the names of a reading's measurements, in their units; also ``p_ms``, ``rv5_mv`` and ``sv1_mv``.
    filter_hz : tuple of float or None
        Limits of the recorder's filter: high pass and low pass.
    statements : Statements
        What the recorder says about the ECG.
    """

    values: dict[str, float] = field(default_factory=dict)
    filter_hz: tuple[float, float] | None = None
    statements: Statements = field(default_factory=Statements)


def read_block(rgb: np.ndarray, px_per_mm: float) -> PrintedBlock:
    """Read the printed measurements in the lines above and below the traces.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8
        An upright page.
    px_per_mm : float
        Its scale; an error of up to a quarter is harmless.
    """
    best: dict[str, tuple[float, float]] = {}
    header, footer = (rgb[int(top * len(rgb)) : int(np.ceil(bottom * len(rgb)))] for top, bottom in BLOCK.bands)
    above, below = (
        rows_of(*page_ink(part, px_per_mm, BLOCK.enough_px_per_mm), BLOCK.word_gap) for part in (header, footer)
    )
    for row in (*above, *below):
        for name, votes in votes_of(row, values_in, _is_worth, BLOCK.views).items():
            value, lead = _surest(votes)
            if lead > best.get(name, (0.0, BLOCK.least_lead))[1]:
                best[name] = value, lead
    values = {name: value for name, (value, _) in best.items()}
    high, low = values.pop("high_pass_hz", None), values.pop("low_pass_hz", None)
    return PrintedBlock(values, None if high is None or low is None else (high, low), statements_among(above))


def values_in(text: str, certainty: np.ndarray) -> dict[str, tuple[float, float]]:
    """Find measurements and the filter in a line.

    Parameters
    ----------
    text : str
        In the network's characters.
    certainty : ndarray, shape (characters of the text,), float in [0, 1]

    Returns
    -------
    dict
        By name, the value and the lowest certainty of its digits.

    Examples
    --------
    >>> values_in("qt/qtc : 390/412 ms", np.ones(19))
    {'qt_ms': (390.0, 1.0), 'qtc_ms': (412.0, 1.0)}
    >>> values_in("0.67-25hz ac50", np.ones(14))
    {'high_pass_hz': (0.67, 1.0), 'low_pass_hz': (25.0, 1.0)}
    """
    found: dict[str, tuple[float, float]] = {}
    for names, pattern in _PATTERNS:
        match = pattern.search(text)
        if match is None:
            continue
        spans = [match.span(1 + number) for number in range(len(names))]
        lowest = [float(certainty[start:stop].min()) for start, stop in spans]
        values = [float(group) for group in match.groups()]
        if all(value in _KNOWN.get(name, (value,)) for name, value in zip(names, values, strict=True)):
            found |= dict(zip(names, zip(values, lowest, strict=True), strict=True))
    return found


def _surest(votes: dict[float, float]) -> tuple[float, float]:
    """Return the surest value and by how much it leads the next one."""
    first, *others = sorted(votes.items(), key=lambda vote: -vote[1])
    return first[0], first[1] - (others[0][1] if others else 0.0)


def _is_worth(text: str) -> bool:
    """Return whether a line may give a value, as one view reads it."""
    return bool(re.search(r"\d", text)) and any(word in text for word in ("m", "hz", "/"))
