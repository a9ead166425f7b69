"""What the beat networks are trained and tested on: two sets of classes, each split as usual and by patient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from models.beats.drawing import SHAPE, SIX_HALF_WINDOW_MS, aami_picture, six_class_picture
from models.beats.recordings import (
    AAMI,
    AFTER_MS,
    BEFORE_MS,
    MARGIN_MS,
    Recordings,
    beat_windows,
    read_recordings,
    record_folds,
    rhythm_at,
    rhythm_of_beats,
)
from models.beats.registry import TRACE_KIND
from models.beats.six_classes import HALVES, SIX_CLASSES, SixClassPictures, patient_halves, read_six_classes
from models.beats.spectrum_drawing import TRANSFORMS, beat_spectrum_picture, six_spectrum_picture

# How a beat is drawn.
KINDS = (TRACE_KIND, *TRANSFORMS)
# Nine in ten beats are normal; the cap balances classes and keeps a training run within minutes on two cores.
MAX_TRAIN_PER_CLASS = 4000
# Beats of one record are alike: more of a class add little.
MAX_PER_RECORD = 300
# The class of `SIX_CLASSES` that an annotation of MIT-BIH belongs to.
SIX_CLASS_OF_SYMBOL = {"L": 0, "N": 1, "A": 2, "V": 3, "E": 3, "R": 4}
# Of the random split.
TEST_SHARE = 0.2
# For the hyperparameter search: training beats a class, one in so many test beats, and folds.
MAX_TUNING_PER_CLASS, TUNING_TEST_EVERY, TUNING_FOLDS = 1000, 3, 4
CHUNK = 1024


@dataclass(frozen=True)
class Split:
    """Indices of a task's training and test pictures."""

    train: np.ndarray
    test: np.ndarray


@dataclass(frozen=True)
class Task:
    """Pictures with their classes, and how they are split.

    Attributes
    ----------
    name : str
    classes : tuple of str
    pictures : ndarray, shape (n, 128, 192), uint8
    label : ndarray of int, shape (n,)
    group : ndarray of str, shape (n,)
        The record of each beat; the bootstrap resamples records.
    splits : tuple of Split
        A network is trained and tested on each; together they test every picture of the task once.
    priors : ndarray, shape (classes,)
        Share of each class among all beats of the training records, before any cap.
    rhythm : ndarray, shape (n, 9), float32
        `recordings.rhythm_features` of each beat; 0 where unknown.
    inter_patient : bool
        Whether training and test set share no record.
    extra_train : ndarray of int
        Indices of pictures that only our network trains on, besides those of a split: beats of records that the
        published pictures do not show, drawn like them.
    """

    name: str
    classes: tuple[str, ...]
    pictures: np.ndarray
    label: np.ndarray
    group: np.ndarray
    splits: tuple[Split, ...]
    priors: np.ndarray
    rhythm: np.ndarray
    inter_patient: bool = False
    extra_train: np.ndarray = field(default_factory=lambda: np.array([], int))


def six_published(folder: Path, kind: str, cache: Path) -> Task:
    """Return the six classes with the published training and test folders."""
    collection = read_six_classes(folder)
    split = Split(np.flatnonzero(~collection.in_test), np.flatnonzero(collection.in_test))
    task = _six("six_published", collection, (split,), split.train, folder)
    return task if kind == TRACE_KIND else _as_spectra(task, kind, cache)


def six_patients(folder: Path, kind: str, cache: Path) -> Task:
    """Return the six classes in two halves that share no record, each the test set of the other."""
    collection = read_six_classes(folder)
    half = patient_halves(collection)
    splits = tuple(Split(np.flatnonzero(half == 1 - one), np.flatnonzero(half == one)) for one in range(HALVES))
    task = replace(_six("six_patients", collection, splits, np.flatnonzero(half >= 0), folder), inter_patient=True)
    return task if kind == TRACE_KIND else _as_spectra(task, kind, cache)


def five_random(folder: Path, kind: str, cache: Path) -> Task:
    """Return the five AAMI classes with a random fifth of all beats as the test set: the field's usual split."""
    recordings = read_recordings(folder)
    rng = np.random.default_rng(0)
    in_test = rng.random(len(recordings.label)) < TEST_SHARE
    return _five("five_random", recordings, np.flatnonzero(~in_test), np.flatnonzero(in_test), kind, cache)


def five_patients(folder: Path, kind: str, cache: Path) -> Task:
    """Return the five AAMI classes, trained on the records of DS1 and tested on those of DS2.

    These are different patients, but for records 201 (DS1) and 202 (DS2) of one patient.
    """
    recordings = read_recordings(folder)
    train, test = (np.flatnonzero(np.isin(recordings.record_name, own)) for own in (recordings.ds1, recordings.ds2))
    return replace(_five("five_patients", recordings, train, test, kind, cache), inter_patient=True)


def five_tuning(folder: Path, cache: Path) -> Task:
    """Return the five AAMI classes within DS1, in four folds that share no record, for choosing hyperparameters.

    It holds nothing of DS2, which the results are reported on.
    """
    recordings = read_recordings(folder)
    name = recordings.record_name
    own = np.flatnonzero(np.isin(name, recordings.ds1))
    fold = record_folds(recordings.label[own], name[own], len(AAMI), TUNING_FOLDS)
    splits = tuple(
        Split(
            capped_per_class(own[fold != one], recordings.label, MAX_TUNING_PER_CLASS),
            own[fold == one][::TUNING_TEST_EVERY],
        )
        for one in range(TUNING_FOLDS)
    )
    return replace(_five_of_splits("five_tuning", recordings, splits, own, TRACE_KIND, cache), inter_patient=True)


TASKS: dict[str, Callable[[Path, str, Path], Task]] = {
    "six_published": six_published,
    "six_patients": six_patients,
    "five_random": five_random,
    "five_patients": five_patients,
}


def capped_per_class(among: np.ndarray, label: np.ndarray, most: int, seed: int = 0) -> np.ndarray:
    """Return a random choice of indices with at most `most` of each class, rising.

    Examples
    --------
    >>> capped_per_class(np.array([0, 1, 3]), np.array([0, 0, 1, 1]), 5).tolist()
    [0, 1, 3]
    """
    rng = np.random.default_rng(seed)
    own = [among[label[among] == one] for one in np.unique(label[among])]
    return np.sort(np.concatenate([rng.permutation(members)[:most] for members in own]))


def draw_beats(recordings: Recordings, kind: str, beats: np.ndarray) -> np.ndarray:
    """Draw beats as one of `KINDS`, shape (n, 128, 192), uint8."""
    if kind == TRACE_KIND:
        return np.stack([aami_picture(mv) for mv in beat_windows(recordings, beats, BEFORE_MS, AFTER_MS)])
    wide = beat_windows(recordings, beats, BEFORE_MS + MARGIN_MS, AFTER_MS + MARGIN_MS)
    return beat_spectrum_picture(kind, wide, recordings.rate_hz)


def _six(name: str, collection: SixClassPictures, splits: tuple[Split, ...], counted: np.ndarray, folder: Path) -> Task:
    """Combine the published pictures with beats of records that none of them shows; priors are of those counted."""
    recordings = read_recordings(folder)
    not_shown = np.isin(recordings.names, np.unique(collection.record), invert=True)
    label = np.array([SIX_CLASS_OF_SYMBOL.get(symbol, -1) for symbol in recordings.symbol])
    found = np.flatnonzero(not_shown[recordings.record] & (label >= 0))
    found = capped_per_class(found, recordings.record * len(SIX_CLASSES) + label, MAX_PER_RECORD)
    windows = beat_windows(recordings, found, SIX_HALF_WINDOW_MS, SIX_HALF_WINDOW_MS)
    n = len(collection.label)
    return Task(
        name,
        SIX_CLASSES,
        np.concatenate([collection.pictures, np.stack([six_class_picture(mv) for mv in windows])]),
        np.concatenate([collection.label, label[found]]),
        np.concatenate([collection.record, recordings.record_name[found]]),
        splits,
        _shares(collection.label[counted], len(SIX_CLASSES)),
        np.concatenate(
            [rhythm_at(recordings, collection.record, collection.sample), rhythm_of_beats(recordings)[found]]
        ),
        extra_train=np.arange(n, n + len(found)),
    )


def _as_spectra(task: Task, kind: str, cache: Path) -> Task:
    """Return a task of six classes with the spectrum of what each picture shows in the picture's place."""

    def draw(at: np.ndarray) -> np.ndarray:
        return six_spectrum_picture(kind, task.pictures[at])

    return replace(task, pictures=_cached_pictures(cache / "beats" / f"six-{kind}.npy", len(task.label), draw))


def _five(name: str, recordings: Recordings, train: np.ndarray, test: np.ndarray, kind: str, cache: Path) -> Task:
    split = Split(capped_per_class(train, recordings.label, MAX_TRAIN_PER_CLASS), test)
    return _five_of_splits(name, recordings, (split,), train, kind, cache)


def _five_of_splits(
    name: str, recordings: Recordings, splits: tuple[Split, ...], counted: np.ndarray, kind: str, cache: Path
) -> Task:

    def draw(at: np.ndarray) -> np.ndarray:
        return draw_beats(recordings, kind, at)

    pictures = _cached_pictures(cache / "beats" / f"{kind}.npy", len(recordings.label), draw)
    priors = _shares(recordings.label[counted], len(AAMI))
    rhythm = rhythm_of_beats(recordings)
    return Task(name, AAMI, pictures, recordings.label, recordings.record_name, splits, priors, rhythm)


def _shares(label: np.ndarray, classes_n: int) -> np.ndarray:
    counts = np.bincount(label, minlength=classes_n)
    return np.asarray(counts / counts.sum())


def _cached_pictures(file: Path, n: int, draw: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Return the pictures of n beats, drawn once and memory-mapped from the cache afterwards."""
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".part")
        pictures = np.lib.format.open_memmap(unfinished, "w+", np.uint8, (n, *SHAPE))
        for first in range(0, n, CHUNK):
            beats = np.arange(first, min(first + CHUNK, n))
            pictures[beats] = draw(beats)
        pictures.flush()
        unfinished.rename(file)
    return np.asarray(np.load(file, mmap_mode="r"))
