"""What networks of beats are taught and tested on: two sets of classes, each split as the field does and by patient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from models.beats import PLAIN_KIND
from models.beats.drawing import FIELD_HALF_MS, SHAPE, field_picture, own_picture
from models.beats.recordings import (
    AAMI,
    AFTER_MS,
    BEFORE_MS,
    MARGIN_MS,
    Recordings,
    recordings,
    rhythm,
    rhythm_at,
    strips,
)
from models.beats.six_classes import HALVES, SIX, SixClasses, dealt, halves, six_classes
from models.beats.spectrum_drawing import TRANSFORMS, beat_spectrum_picture

# What is drawn of a beat of the five classes.
KINDS = (PLAIN_KIND, *TRANSFORMS)
# No class is taught on more beats than this: nine in ten beats are normal, and two cores have their limits.
MOST_TAUGHT = 4000
# Of one record's beats of one of the six classes, beside the collection.
MOST_OF_RECORD = 300
# Which of the six classes a beat's annotation belongs to.
SIX_OF = {"L": 0, "N": 1, "A": 2, "V": 3, "E": 3, "R": 4}
# Of the random split.
TESTED_SHARE = 0.2
# Choices are made on fewer beats: so many of a class taught at most, and one in so many tested.
MOST_REHEARSED, REHEARSED_EVERY, REHEARSED_PARTS = 1000, 3, 4
CHUNK = 1024


@dataclass(frozen=True)
class Part:
    """Which of a task's pictures are taught and which are tested; places, int."""

    taught: np.ndarray
    tested: np.ndarray


@dataclass(frozen=True)
class Task:
    """Pictures, their classes, and who is tested on what.

    Attributes
    ----------
    name : str
    classes : tuple of str
    pictures : ndarray, shape (n, 128, 192), uint8
    label : ndarray of int, shape (n,)
    group : ndarray of str, shape (n,)
        The record that a beat is of; intervals are drawn over these.
    parts : tuple of Part
        Each is taught and tested on its own; together they test every picture of the task once.
    shares : ndarray, shape (classes,)
        How common each class is among all beats of the records that are taught on.
    rhythm : ndarray, shape (n, 9), float32
        `recordings.rhythm_of` each beat; all 0 where it is not known.
    other_patients : bool
        Whether no record is both taught and tested.
    more : ndarray of int
        Places of pictures that our network alone is taught beside each part: beats of records that no picture of the
        collection shows, drawn in its manner.
    """

    name: str
    classes: tuple[str, ...]
    pictures: np.ndarray
    label: np.ndarray
    group: np.ndarray
    parts: tuple[Part, ...]
    shares: np.ndarray
    rhythm: np.ndarray
    other_patients: bool = False
    more: np.ndarray = field(default_factory=lambda: np.array([], int))


def six_published(folder: Path, kind: str, cache: Path) -> Task:
    """Return the field's six classes with the folders that they come in."""
    known = six_classes(folder)
    part = Part(np.flatnonzero(~known.tested), np.flatnonzero(known.tested))
    return _six("six_published", known, (part,), part.taught, folder)


def six_patients(folder: Path, kind: str, cache: Path) -> Task:
    """Return the field's six classes in two halves that share no record, each tested by what the other taught."""
    known = six_classes(folder)
    half = halves(known)
    parts = tuple(Part(np.flatnonzero(half == 1 - one), np.flatnonzero(half == one)) for one in range(HALVES))
    return replace(_six("six_patients", known, parts, np.flatnonzero(half >= 0), folder), other_patients=True)


def five_random(folder: Path, kind: str, cache: Path) -> Task:
    """Return the five classes with one beat in five tested, whoever's it is: the field's usual split."""
    known = recordings(folder)
    rng = np.random.default_rng(0)
    tested = rng.random(len(known.label)) < TESTED_SHARE
    return _five("five_random", known, np.flatnonzero(~tested), np.flatnonzero(tested), kind, cache)


def five_patients(folder: Path, kind: str, cache: Path) -> Task:
    """Return the five classes taught on the records of DS1 and tested on those of DS2.

    They are other patients', but for 201 of DS1 and 202 of DS2, which are one's.
    """
    known = recordings(folder)
    taught, tested = (np.flatnonzero(np.isin(known.names[known.record], own)) for own in (known.ds1, known.ds2))
    return replace(_five("five_patients", known, taught, tested, kind, cache), other_patients=True)


def five_rehearsed(folder: Path, cache: Path) -> Task:
    """Return the five classes within DS1, in four parts that share no record: what choices are made on.

    Not among the results: nothing of DS2 is in it, so that what is chosen here was not chosen on what is reported.
    """
    known = recordings(folder)
    name = known.names[known.record]
    own = np.flatnonzero(np.isin(name, known.ds1))
    part = dealt(known.label[own], name[own], len(AAMI), REHEARSED_PARTS)
    parts = tuple(
        Part(at_most(own[part != one], known.label, MOST_REHEARSED), own[part == one][::REHEARSED_EVERY])
        for one in range(REHEARSED_PARTS)
    )
    return replace(_five_in("five_rehearsed", known, parts, own, PLAIN_KIND, cache), other_patients=True)


TASKS: dict[str, Callable[[Path, str, Path], Task]] = {
    "six_published": six_published,
    "six_patients": six_patients,
    "five_random": five_random,
    "five_patients": five_patients,
}


def at_most(among: np.ndarray, label: np.ndarray, most: int, seed: int = 0) -> np.ndarray:
    """Return places drawn from some, at most so many of a class, in their order."""
    rng = np.random.default_rng(seed)
    own = [among[label[among] == one] for one in np.unique(label[among])]
    return np.sort(np.concatenate([rng.permutation(members)[:most] for members in own]))


def drawn(known: Recordings, kind: str, beats: np.ndarray) -> np.ndarray:
    """Draw beats as one kind of picture, shape (n, 128, 192), uint8."""
    if kind == PLAIN_KIND:
        return np.stack([own_picture(mv) for mv in strips(known, beats, BEFORE_MS, AFTER_MS)])
    wide = strips(known, beats, BEFORE_MS + MARGIN_MS, AFTER_MS + MARGIN_MS)
    return beat_spectrum_picture(kind, wide, known.rate_hz)


def _six(name: str, known: SixClasses, parts: tuple[Part, ...], counted: np.ndarray, folder: Path) -> Task:
    """Join the collection and the beats of records that none of its pictures shows; shares are of those counted."""
    beats = recordings(folder)
    unseen = np.isin(beats.names, np.unique(known.record), invert=True)
    label = np.array([SIX_OF.get(symbol, -1) for symbol in beats.symbol])
    found = np.flatnonzero(unseen[beats.record] & (label >= 0))
    # A record's own beats are alike; a few hundred of each kind say what there is to say.
    kinds = beats.record * len(SIX) + label
    found = at_most(found, kinds, MOST_OF_RECORD)
    drawn_like = np.stack([field_picture(mv) for mv in strips(beats, found, FIELD_HALF_MS, FIELD_HALF_MS)])
    n = len(known.label)
    return Task(
        name,
        SIX,
        np.concatenate([known.pictures, drawn_like]),
        np.concatenate([known.label, label[found]]),
        np.concatenate([known.record, beats.names[beats.record[found]]]),
        parts,
        _shares(known.label[counted], len(SIX)),
        np.concatenate([rhythm_at(beats, known.record, known.sample), rhythm(beats)[found]]),
        more=np.arange(n, n + len(found)),
    )


def _five(name: str, known: Recordings, taught: np.ndarray, tested: np.ndarray, kind: str, cache: Path) -> Task:
    part = Part(at_most(taught, known.label, MOST_TAUGHT), tested)
    return _five_in(name, known, (part,), taught, kind, cache)


def _five_in(
    name: str, known: Recordings, parts: tuple[Part, ...], counted: np.ndarray, kind: str, cache: Path
) -> Task:
    pictures, group = _all_drawn(known, kind, cache), known.names[known.record]
    shares = _shares(known.label[counted], len(AAMI))
    return Task(name, AAMI, pictures, known.label, group, parts, shares, rhythm(known))


def _shares(label: np.ndarray, classes_n: int) -> np.ndarray:
    counts = np.bincount(label, minlength=classes_n)
    return counts / counts.sum()


def _all_drawn(known: Recordings, kind: str, cache: Path) -> np.ndarray:
    """Return every beat's picture, drawn once and then read from the cache as it is needed."""
    file = cache / "beats" / f"{kind}.npy"
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".part")
        pictures = np.lib.format.open_memmap(unfinished, "w+", np.uint8, (len(known.label), *SHAPE))
        for first in range(0, len(known.label), CHUNK):
            beats = np.arange(first, min(first + CHUNK, len(known.label)))
            pictures[beats] = drawn(known, kind, beats)
        pictures.flush()
        unfinished.rename(file)
    return np.load(file, mmap_mode="r")
