"""Reading lead names at given places: the network's predictions for several windows around each, averaged."""

from __future__ import annotations

import numpy as np
from PIL import Image

from preprocessing.budget import spend
from preprocessing.lettering.components import Components, words
from preprocessing.lettering.config import NAME_READING, Move
from preprocessing.lettering.glyph_windows import windows
from preprocessing.lettering.lead_words import PRINTED_LEADS, PrintedName
from preprocessing.lettering.letter_network import half_resolution, name_probabilities, prefilter_logits

# x and y of the middle of a name's capitals and their height, in pixels.
Place = tuple[float, float, float]

# How wide a name is, in heights of its capitals: what common typefaces print.
WIDTHS = {"I": 0.4, "II": 0.8, "III": 1.2, "V": 1.5, "a": 2.3, "-": 3.0}


def free_standing_places(components: Components, px_per_mm: float) -> list[Place]:
    """Return the places of free-standing words that are short enough for a lead's name."""
    places = []
    for word in words(components, px_per_mm, NAME_READING.letter_gap):
        left, right = float(word.left.min()), float(word.right.max())
        top, bottom = float(word.top.min()), float(word.bottom.max())
        height = bottom - top
        fits = NAME_READING.narrowest * height < right - left < NAME_READING.widest * height
        if len(word.left) <= NAME_READING.most_letters and fits:
            places.append(((left + right) / 2, (top + bottom) / 2, height))
    return places


def names_in_one_window(ink: Image.Image, places: list[Place]) -> list[PrintedName]:
    """Read what stands at places as `names_at` does, but quickly, from one window each."""
    return _names(*_first_readings(ink, places))


def names_at(ink: Image.Image, places: list[Place]) -> list[PrintedName]:
    """Read what stands at places and return the names among it.

    Parameters
    ----------
    ink : Image, mode ``L``
        Of `preprocessing.lettering.glyph_windows.paper_ink`.
    places : list of Place

    Returns
    -------
    list of PrintedName
        The confidence of each is the mean probability of its windows.
    """
    return _averaged(ink, *_first_readings(ink, places))


def names_near(ink: Image.Image, places: list[Place]) -> list[PrintedName]:
    """Read what stands near places as `names_at` does, after moving each window to where the network is surest."""
    spots, first = _first_readings(ink, places)
    around = _moved(spots, NAME_READING.nudges)
    beside = np.concatenate([first[:, None], _read(ink, around)], axis=1)
    each, best = np.arange(len(spots)), beside[:, :, 1:].max(axis=2).argmax(axis=1)
    spots, first = np.concatenate([spots[:, None], around], axis=1)[each, best], beside[each, best]
    good = first[:, 1:].max(axis=1, initial=0) > NAME_READING.least_confidence
    return _averaged(ink, spots[good], first[good])


def _averaged(ink: Image.Image, spots: np.ndarray, first: np.ndarray) -> list[PrintedName]:
    """Return the names at places by the mean of their first reading and of windows around them."""
    return _names(
        spots, (first + _read(ink, _moved(spots, NAME_READING.aside)).sum(axis=1)) / (1 + len(NAME_READING.aside))
    )


def _first_readings(ink: Image.Image, places: list[Place]) -> tuple[np.ndarray, np.ndarray]:
    """Read one window each; return the places that may show a name, shape (n, 3), and their probabilities."""
    spots = np.array(places, dtype=float).reshape(-1, 3)
    seen = windows(ink, spots)
    kept = prefilter_logits(half_resolution(seen)) > NAME_READING.least_prefilter
    spots, first = spots[kept], name_probabilities(seen[kept])
    likely = first[:, 1:].max(axis=1, initial=0) > NAME_READING.least_first
    return spots[likely], first[likely]


def _moved(spots: np.ndarray, moves: tuple[Move, ...]) -> np.ndarray:
    """Apply moves, in heights of its capitals, to each place, shape (n, 3); return shape (n, moves, 3)."""
    moved = np.repeat(spots[:, None], len(moves), axis=1)
    steps = np.array(moves)
    moved[:, :, :2] += steps[:, :2] * moved[:, :, 2:]
    moved[:, :, 2] *= steps[:, 2]
    return moved


def _read(ink: Image.Image, places: np.ndarray) -> np.ndarray:
    """Return the probabilities, shape (n, m, 1 + leads), at places, shape (n, m, 3)."""
    return name_probabilities(windows(ink, places.reshape(-1, 3))).reshape(*places.shape[:2], 1 + len(PRINTED_LEADS))


def _names(places: np.ndarray, probabilities: np.ndarray) -> list[PrintedName]:
    """Return the names that stand at places, shape (n, 3), by their probabilities, shape (n, 1 + leads)."""
    names = [_name(place, each) for place, each in zip(places, probabilities, strict=True)]
    return [name for name in names if name.confidence >= NAME_READING.least_confidence]


def _name(place: np.ndarray, probabilities: np.ndarray) -> PrintedName:
    x, y, capital_px = map(float, place)
    best = int(probabilities[1:].argmax())
    lead = PRINTED_LEADS[best]
    half_width = WIDTHS[lead if lead in WIDTHS else lead[0]] * capital_px / 2
    top, bottom = y - capital_px / 2, y + capital_px / 2
    return PrintedName(lead, x - half_width, top, x + half_width, bottom, float(probabilities[1 + best]))


def without_overlaps(names: list[PrintedName]) -> list[PrintedName]:
    """Keep the most confident of names that overlap (non-maximum suppression)."""
    kept: list[PrintedName] = []
    for name in sorted(names, key=lambda name: -name.confidence):
        spend()
        slack = NAME_READING.overlap * name.capital_px
        if not any(
            name.left < other.right + slack
            and other.left < name.right + slack
            and name.top < other.bottom
            and other.top < name.bottom
            for other in kept
        ):
            kept.append(name)
    return kept
