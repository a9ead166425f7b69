"""Beats of the MIT-BIH Arrhythmia Database: cut from their records, with their class and the rhythm around them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

# The five classes of the AAMI: fusion, normal, unknown or paced, supraventricular, ventricular.
AAMI = ("F", "N", "Q", "S", "V")
BEFORE_MS, AFTER_MS = 250.0, 400.0
# The stretch beside the window that spectra need, so that they have no edge within it.
MARGIN_MS = 250.0
# Each but the last is the logarithm of a ratio of two intervals between beats, 0 where all are alike.
RHYTHM = (
    "before, to the usual",
    "after, to the usual",
    "before, to the last ten",
    "after, to before",
    "the one earlier, to before",
    "the one later, to after",
    "long, to the usual",
    "short, to long, near by",
    "known",
)
# How many beats either side of one say what is usual for its record there, and how even the rhythm is near by.
AROUND_BEATS, NEAR_BEATS, LAST_BEATS = 30, 5, 10
SHORT, USUAL, LONG = 0.25, 0.5, 0.75
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
    """Return what a run of beats says of each one's timing, shape (n, 9), float32.

    Parameters
    ----------
    beats_s : ndarray, shape (n,)
        When each beat comes, rising.

    Returns
    -------
    ndarray
        In the order of `RHYTHM`: the intervals before and after a beat and those beyond them, to one another and to
        the median of those around; then how far a long interval is from the median, and a short one from a long one,
        so that an early beat of an even rhythm is not taken for one of fibrillation. Where fewer than three beats are
        known, all nine are 0.
    """
    if len(beats_s) < 3:
        return np.zeros((len(beats_s), len(RHYTHM)), np.float32)
    intervals = np.diff(beats_s)
    around, near = _around(intervals, AROUND_BEATS), _around(intervals, NEAR_BEATS)
    usual = _quantile(around, USUAL)
    # What comes before the first beat and after the last is not known, and taken to be as usual.
    earlier, before, after, later = (
        np.where(np.isnan(own), usual, own) for own in near[:, NEAR_BEATS - 2 : NEAR_BEATS + 2].T
    )
    last = _around(intervals, LAST_BEATS + 1)[:, :LAST_BEATS]
    last_n = (~np.isnan(last)).sum(axis=1)
    last_mean = np.where(last_n, np.nansum(last, axis=1) / np.maximum(last_n, 1), usual)
    ratios = (
        before / usual,
        after / usual,
        before / last_mean,
        after / before,
        earlier / before,
        later / after,
        _quantile(around, LONG) / usual,
        _quantile(near, SHORT) / _quantile(near, LONG),
    )
    return np.column_stack([*np.log(np.clip(ratios, *SHARES)), np.ones(len(beats_s))]).astype(np.float32)


def _around(intervals: np.ndarray, reach: int) -> np.ndarray:
    """Return the intervals up to so many either side of each beat, shape (n + 1, 2 * reach); NaN beyond the ends."""
    return sliding_window_view(np.pad(intervals.astype(float), reach, constant_values=np.nan), 2 * reach)


def _quantile(rows: np.ndarray, share: float) -> np.ndarray:
    """Return a quantile of each row's known values, shape (n,); NumPy's own takes rows with NaN one at a time."""
    rising = np.sort(rows, axis=1)
    place = share * ((~np.isnan(rows)).sum(axis=1) - 1)
    low, high = (np.take_along_axis(rising, part(place).astype(int)[:, None], 1)[:, 0] for part in (np.floor, np.ceil))
    return low + (place - np.floor(place)) * (high - low)


def rhythm(known: Recordings) -> np.ndarray:
    """Return every beat's `rhythm_of` within its record, shape (beats, 9)."""
    return rhythm_at(known, known.names[known.record], known.sample)


def rhythm_at(known: Recordings, record: np.ndarray, sample: np.ndarray) -> np.ndarray:
    """Return the `rhythm_of` some places in records, shape (n, 9): each among the beats of its record.

    Parameters
    ----------
    known : Recordings
    record : ndarray of str, shape (n,)
        All nine figures are 0 where there is no record of the name.
    sample : ndarray of int, shape (n,)
    """
    found = np.zeros((len(record), len(RHYTHM)), np.float32)
    for number, name in enumerate(known.names):
        own = record == name
        # A wave of flutter is no beat of its record's list, and comes between two all the same.
        beats, at = np.unique(np.concatenate([sample[own], known.sample[known.record == number]]), return_inverse=True)
        found[own] = rhythm_of(beats / known.rate_hz)[at[: own.sum()]]
    return found
