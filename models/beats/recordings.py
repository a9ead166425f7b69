"""Beats of the MIT-BIH Arrhythmia Database: cut from their records, with their class and the rhythm around them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

# The five classes of the AAMI: fusion, normal, unknown or paced, supraventricular, ventricular.
AAMI = ("F", "N", "Q", "S", "V")
BEFORE_MS, AFTER_MS = 250.0, 400.0
# The stretch beside the window that spectra need, so that they have no edge within it.
MARGIN_MS = 250.0
RHYTHM = ("before", "after", "before, to the last ten", "after, to before", "known")
# How many beats either side of one say what is usual for its record there.
AROUND_BEATS, LAST_BEATS = 30, 10
# An interval told as a share of the usual one is kept within these.
SHARES = (0.2, 3.0)


@dataclass(frozen=True)
class Recordings:
    """All records and their beats.

    Attributes
    ----------
    mv : ndarray, shape (records, samples), float32
    rate_hz : float
    names : ndarray of str, shape (records,)
    record, sample : ndarray of int, shape (beats,)
        Which record a beat is of, and where its R wave is in it.
    symbol : ndarray of str, shape (beats,)
    label : ndarray of int, shape (beats,)
        Place in `AAMI`.
    ds1, ds2 : ndarray of str
        The records that the field teaches on and tests on (de Chazal and others 2004).
    """

    mv: np.ndarray
    rate_hz: float
    names: np.ndarray
    record: np.ndarray
    sample: np.ndarray
    symbol: np.ndarray
    label: np.ndarray
    ds1: np.ndarray
    ds2: np.ndarray


def recordings(folder: Path) -> Recordings:
    """Read ``signals/mitbih.npz`` of a folder of data."""
    with np.load(folder / "signals" / "mitbih.npz") as kept:
        steps = np.cumsum(kept["diff"], axis=1, dtype=np.int16)
        adc = kept["start"][:, None] + steps
        classes = dict(zip(kept["aami_symbol"], kept["aami_class"], strict=True))
        return Recordings(
            mv=(adc.astype(np.float32) - int(kept["baseline"])) / int(kept["gain"]),
            rate_hz=float(kept["fs"]),
            names=kept["record"],
            record=kept["beat_record"].astype(int),
            sample=kept["beat_sample"].astype(int),
            symbol=kept["beat_symbol"],
            label=np.array([AAMI.index(classes[symbol]) for symbol in kept["beat_symbol"]]),
            ds1=kept["ds1"],
            ds2=kept["ds2"],
        )


def one_record(folder: Path, name: str) -> tuple[np.ndarray, float]:
    """Read one record of ``signals/mitbih.npz`` alone: its signal, shape (samples,), mV, and its rate, Hz."""
    with np.load(folder / "signals" / "mitbih.npz") as kept:
        place = kept["record"].tolist().index(name)
        adc = kept["start"][place] + np.cumsum(kept["diff"][place], dtype=np.int16)
        return (adc.astype(np.float32) - int(kept["baseline"])) / int(kept["gain"]), float(kept["fs"])


def strips(known: Recordings, beats: np.ndarray, before_ms: float, after_ms: float) -> np.ndarray:
    """Cut beats out of their records, shape (n, samples), mV; beyond a record's ends its last value goes on."""
    before, after = (round(part * known.rate_hz / 1000) for part in (before_ms, after_ms))
    at = known.sample[beats][:, None] + np.arange(-before, after)
    return known.mv[known.record[beats][:, None], np.clip(at, 0, known.mv.shape[1] - 1)]


def rhythm_of(beats_s: np.ndarray) -> np.ndarray:
    """Return what a run of beats says of each one's timing, shape (n, 5), float32.

    Parameters
    ----------
    beats_s : ndarray, shape (n,)
        When each beat comes, rising.

    Returns
    -------
    ndarray
        In the order of `RHYTHM`. Four logarithms of ratios, 0 where all is as usual: the interval before and the one
        after, to the median of the intervals around; before, to the mean of the last ten; and after to before. Then 1;
        where fewer than three beats are known, all five are 0.
    """
    found = np.zeros((len(beats_s), len(RHYTHM)), np.float32)
    if len(beats_s) < 3:
        return found
    intervals = np.diff(beats_s)
    for beat in range(len(beats_s)):
        around = np.median(intervals[max(beat - AROUND_BEATS, 0) : beat + AROUND_BEATS])
        before = intervals[beat - 1] if beat else around
        after = intervals[beat] if beat < len(intervals) else around
        last = intervals[max(beat - 1 - LAST_BEATS, 0) : max(beat - 1, 0)]
        ratios = (before / around, after / around, before / (last.mean() if len(last) else around), after / before)
        found[beat] = *np.log(np.clip(ratios, *SHARES)), 1
    return found


def rhythm(known: Recordings) -> np.ndarray:
    """Return every beat's `rhythm_of` within its record, shape (beats, 5)."""
    return rhythm_at(known, known.names[known.record], known.sample)


def rhythm_at(known: Recordings, record: np.ndarray, sample: np.ndarray) -> np.ndarray:
    """Return the `rhythm_of` some places in records, shape (n, 5): each among the beats of its record.

    Parameters
    ----------
    known : Recordings
    record : ndarray of str, shape (n,)
        All five figures are 0 where there is no record of the name.
    sample : ndarray of int, shape (n,)
    """
    found = np.zeros((len(record), len(RHYTHM)), np.float32)
    for number, name in enumerate(known.names):
        own = record == name
        # A wave of flutter is no beat of its record's list, and comes between two all the same.
        beats, at = np.unique(np.concatenate([sample[own], known.sample[known.record == number]]), return_inverse=True)
        found[own] = rhythm_of(beats / known.rate_hz)[at[: own.sum()]]
    return found
