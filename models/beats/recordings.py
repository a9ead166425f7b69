"""Beats of the MIT-BIH Arrhythmia Database: their signal, their class and the rhythm around them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from models.data import assign_groups

# The five classes of ANSI/AAMI EC57: fusion, normal, unknown or paced, supraventricular, ventricular.
AAMI = ("F", "N", "Q", "S", "V")
BEFORE_MS, AFTER_MS = 250.0, 400.0
# Beyond the window, so that spectra have no edge effects within it.
MARGIN_MS = 250.0
# All but the last are logarithms of ratios of RR intervals, 0 in a regular rhythm.
RHYTHM_FEATURES = (
    "RR before / local median",
    "RR after / local median",
    "RR before / mean of the last ten",
    "RR after / RR before",
    "previous RR / RR before",
    "next RR / RR after",
    "local upper quartile / local median",
    "near lower quartile / near upper quartile",
    "known",
)
# How many beats either side are local and near, and how many earlier intervals the mean is over.
LOCAL_BEATS, NEAR_BEATS, LAST_BEATS = 30, 5, 10
LOWER_QUARTILE, MEDIAN, UPPER_QUARTILE = 0.25, 0.5, 0.75
# Ratios are clipped to this range, so that a pause or a missed beat does not outweigh everything else.
RATIO_LIMITS = (0.2, 3.0)


@dataclass(frozen=True)
class Recordings:
    """All records and their beats.

    Attributes
    ----------
    mv : ndarray, shape (records, samples), float32
    rate_hz : float
    names : ndarray of str, shape (records,)
    record, sample : ndarray of int, shape (beats,)
        The row of a beat's record, and the sample of its R wave.
    symbol : ndarray of str, shape (beats,)
    label : ndarray of int, shape (beats,)
        Index into `AAMI`.
    ds1, ds2 : ndarray of str
        The field's training and test records (de Chazal and others 2004).
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

    @property
    def record_name(self) -> np.ndarray:
        """The name of each beat's record, shape (beats,)."""
        return np.asarray(self.names[self.record])


def read_recordings(folder: Path) -> Recordings:
    """Read ``signals/mitbih.npz`` of a data folder."""
    with np.load(folder / "signals" / "mitbih.npz") as arrays:
        adc = arrays["start"][:, None] + np.cumsum(arrays["diff"], axis=1, dtype=np.int16)
        classes = dict(zip(arrays["aami_symbol"], arrays["aami_class"], strict=True))
        return Recordings(
            mv=(adc.astype(np.float32) - int(arrays["baseline"])) / int(arrays["gain"]),
            rate_hz=float(arrays["fs"]),
            names=arrays["record"],
            record=arrays["beat_record"].astype(int),
            sample=arrays["beat_sample"].astype(int),
            symbol=arrays["beat_symbol"],
            label=np.array([AAMI.index(classes[symbol]) for symbol in arrays["beat_symbol"]]),
            ds1=arrays["ds1"],
            ds2=arrays["ds2"],
        )


def read_record(folder: Path, name: str) -> tuple[np.ndarray, float]:
    """Read one record of ``signals/mitbih.npz``: its signal, shape (samples,), mV, and its rate, Hz."""
    with np.load(folder / "signals" / "mitbih.npz") as arrays:
        row = arrays["record"].tolist().index(name)
        adc = arrays["start"][row] + np.cumsum(arrays["diff"][row], dtype=np.int16)
        return (adc.astype(np.float32) - int(arrays["baseline"])) / int(arrays["gain"]), float(arrays["fs"])


def beat_windows(recordings: Recordings, beats: np.ndarray, before_ms: float, after_ms: float) -> np.ndarray:
    """Cut windows around R waves, shape (n, samples), mV; a record's edge values are repeated beyond its ends."""
    before, after = (round(part * recordings.rate_hz / 1000) for part in (before_ms, after_ms))
    at = recordings.sample[beats][:, None] + np.arange(-before, after)
    return np.asarray(recordings.mv[recordings.record[beats][:, None], np.clip(at, 0, recordings.mv.shape[1] - 1)])


def rhythm_features(beats_s: np.ndarray) -> np.ndarray:
    """Return the rhythm around each of a series of beats, shape (n, 9), float32.

    Parameters
    ----------
    beats_s : ndarray, shape (n,)
        Times of the R waves, rising.

    Returns
    -------
    ndarray
        In the order of `RHYTHM_FEATURES`. The quartiles say how irregular the rhythm is, which separates an early beat
        in a regular rhythm from atrial fibrillation. All 0 where there are fewer than three beats.

    Examples
    --------
    >>> early = rhythm_features(np.array([0.0, 1.0, 2.0, 2.6, 4.0, 5.0, 6.0]))[3]
    >>> [round(float(ratio), 2) for ratio in np.exp(early[:2])]
    [0.6, 1.4]
    """
    if len(beats_s) < 3:
        return np.zeros((len(beats_s), len(RHYTHM_FEATURES)), np.float32)
    intervals = np.diff(beats_s)
    local, near = _intervals_around(intervals, LOCAL_BEATS), _intervals_around(intervals, NEAR_BEATS)
    usual = _quantile(local, MEDIAN)
    # Intervals before the first beat and after the last are unknown; the median stands for them.
    earlier, before, after, later = (
        np.where(np.isnan(own), usual, own) for own in near[:, NEAR_BEATS - 2 : NEAR_BEATS + 2].T
    )
    last = _intervals_around(intervals, LAST_BEATS + 1)[:, :LAST_BEATS]
    last_n = (~np.isnan(last)).sum(axis=1)
    last_mean = np.where(last_n, np.nansum(last, axis=1) / np.maximum(last_n, 1), usual)
    ratios = (
        before / usual,
        after / usual,
        before / last_mean,
        after / before,
        earlier / before,
        later / after,
        _quantile(local, UPPER_QUARTILE) / usual,
        _quantile(near, LOWER_QUARTILE) / _quantile(near, UPPER_QUARTILE),
    )
    return np.column_stack([*np.log(np.clip(ratios, *RATIO_LIMITS)), np.ones(len(beats_s))]).astype(np.float32)


def _intervals_around(intervals: np.ndarray, reach: int) -> np.ndarray:
    """Return the intervals up to `reach` either side of each beat, shape (n + 1, 2 * reach); NaN beyond the ends."""
    return sliding_window_view(np.pad(intervals.astype(float), reach, constant_values=np.nan), 2 * reach)


def _quantile(rows: np.ndarray, share: float) -> np.ndarray:
    """Return a quantile of each row's finite values, shape (n,); `np.nanquantile` takes rows with NaN one at a time."""
    rising = np.sort(rows, axis=1)
    place = share * ((~np.isnan(rows)).sum(axis=1) - 1)
    low, high = (np.take_along_axis(rising, part(place).astype(int)[:, None], 1)[:, 0] for part in (np.floor, np.ceil))
    return np.asarray(low + (place - np.floor(place)) * (high - low))


def rhythm_of_beats(recordings: Recordings) -> np.ndarray:
    """Return the `rhythm_features` of every beat within its record, shape (beats, 9)."""
    return rhythm_at(recordings, recordings.record_name, recordings.sample)


def rhythm_at(recordings: Recordings, record: np.ndarray, sample: np.ndarray) -> np.ndarray:
    """Return the `rhythm_features` of any samples, shape (n, 9), each among the beats of its record.

    Parameters
    ----------
    recordings : Recordings
    record : ndarray of str, shape (n,)
        The features are 0 where there is no record of the name.
    sample : ndarray of int, shape (n,)
    """
    found = np.zeros((len(record), len(RHYTHM_FEATURES)), np.float32)
    for number, name in enumerate(recordings.names):
        own = record == name
        # The database annotates flutter waves, but does not list them as beats; they are added here.
        beats, at = np.unique(
            np.concatenate([sample[own], recordings.sample[recordings.record == number]]), return_inverse=True
        )
        found[own] = rhythm_features(beats / recordings.rate_hz)[at[: own.sum()]]
    return found


def record_folds(label: np.ndarray, record: np.ndarray, classes_n: int, folds_n: int) -> np.ndarray:
    """Split beats into folds that share no record, shape (n,), 0 and up; each class is spread as evenly as that allows.

    Parameters
    ----------
    label : ndarray of int, shape (n,)
    record : ndarray of str, shape (n,)
    classes_n, folds_n : int

    Examples
    --------
    >>> record_folds(np.array([0, 0, 0, 1]), np.array(["100", "100", "101", "102"]), 2, 2).tolist()
    [0, 0, 1, 0]
    """
    names, group = np.unique(record, return_inverse=True)
    counts = np.zeros((len(names), classes_n), int)
    np.add.at(counts, (group, label), 1)
    # A class that does not occur must not divide by zero.
    sizes = np.maximum(counts.sum(axis=0), 1).astype(float)
    largest_first = np.argsort(-(counts / sizes).sum(axis=1), kind="stable")
    return np.asarray(assign_groups(counts, sizes**2, folds_n, largest_first.tolist())[group])
