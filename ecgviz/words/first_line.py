"""The first line of a report: rate, rhythm, intervals and axis, each with its normal range in adults at rest."""

from __future__ import annotations

from dataclasses import dataclass

from ecgviz.words import doubts, measured
from preprocessing.measuring import Measurements
from preprocessing.trust import Rest, Trust

DEGREE, MINUS = "\N{DEGREE SIGN}", "\N{MINUS SIGN}"


@dataclass(frozen=True)
class NormalRange:
    """Limits between which a measurement is normal, in its own unit; None where there is no such limit."""

    low: float | None
    high: float | None
    words: str

    def outside(self, value: float) -> str:
        """Return ``below``, ``above``, or nothing where the value is normal.

        Examples
        --------
        >>> NormalRange(60, 100, "60 to 100 bpm").outside(104)
        'above'
        """
        if self.low is not None and round(value) < self.low:
            return "below"
        return "above" if self.high is not None and round(value) > self.high else ""


# Sources: Learn, "The report" (AHA/ACCF/HRS 2009, parts III and IV; ACC/AHA/HRS 2018; textbooks).
RANGES = {
    "heart_rate_bpm": NormalRange(60, 100, "60 to 100 bpm"),
    "pr_ms": NormalRange(120, 200, "120 to 200 ms"),
    "qrs_ms": NormalRange(None, 110, "up to 110 ms"),
    # A patient's sex is unknown: the mark is for what is long in either.
    "qtc_ms": NormalRange(None, 459, "below 450 ms in men, below 460 ms in women"),
    "axis_deg": NormalRange(-30, 90, f"{MINUS}30{DEGREE} to 90{DEGREE}"),
}
REGULAR = "regular"
NO_P_WAVES = "Irregularly irregular, no P waves"
PACED = "paced spikes seen"


@dataclass(frozen=True)
class FirstFigure:
    """One figure of the line.

    Attributes
    ----------
    label, value : str
        A provisional value is marked.
    provisional : bool
        Whether it rests on a doubt.
    normal : str
        The normal range.
    outside : str
        ``below`` or ``above`` it, ``not regular``; empty where the value is normal or missing.
    note : str or None
        Why it is provisional or missing.
    """

    label: str
    value: str
    provisional: bool
    normal: str
    outside: str
    note: str | None


def first_line(found: Measurements, trust: Trust, is_paced: bool = False) -> list[FirstFigure]:
    """Return the figures that a reader asks for first, in the usual order; `is_paced` where pacing spikes are seen."""
    rate, pr, qrs, qtc, axis = (_figure(found, name, trust) for name in RANGES)
    return [rate, _rhythm(found, trust, is_paced), pr, qrs, _qt(found, trust, qtc), axis]


def rhythm_in_words(found: Measurements, is_paced: bool = False) -> str:
    """Return the rhythm; without P waves before irregular beats, and where pacing spikes are seen, it says so."""
    word = found.rhythm.value
    if not isinstance(word, str):
        return measured.MISSING
    if is_paced:
        return f"{word.capitalize()}, {PACED}"
    no_p = found.fiducials.qrs_on_ms is not None and found.fiducials.p_on_ms is None
    return NO_P_WAVES if word == measured.IRREGULAR and no_p else word.capitalize()


def _figure(found: Measurements, name: str, trust: Trust) -> FirstFigure:
    _, value, note = measured.figure(found, name, trust)
    number = found.values[name].value
    outside = RANGES[name].outside(number) if isinstance(number, float) else ""
    doubted = number is not None and bool(doubts.of_measurement(name, trust))
    return FirstFigure(measured.NAMES[name], value, doubted, RANGES[name].words, outside, note)


def _rhythm(found: Measurements, trust: Trust, is_paced: bool) -> FirstFigure:
    doubted = found.rhythm.value is not None and bool(trust.doubts(Rest.TIMES))
    note = " ".join(measured.rhythm(found)) or found.rhythm.reason
    outside = "paced" if is_paced else "" if found.rhythm.value in (REGULAR, None) else "not regular"
    return FirstFigure("Rhythm", rhythm_in_words(found, is_paced), doubted, REGULAR, outside, note)


def _qt(found: Measurements, trust: Trust, qtc: FirstFigure) -> FirstFigure:
    _, value, note = measured.figure(found, "qt_ms", trust)
    doubted = found.qt_ms.value is not None and bool(trust.doubts(Rest.TIMES))
    both = f"{value.removesuffix(' ms')} / {qtc.value.removeprefix(doubts.ABOUT)}"
    return FirstFigure("QT / QTc", both, doubted, f"QTc {qtc.normal}", qtc.outside, note or qtc.note)
