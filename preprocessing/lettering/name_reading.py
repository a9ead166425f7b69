"""Reading lead names at given places: the network's opinion of windows laid over them in several ways."""

from __future__ import annotations

import numpy as np
from PIL import Image

from preprocessing.lettering.glyph_windows import windows
from preprocessing.lettering.lead_words import PRINTED_LEADS, PrintedName
from preprocessing.lettering.letter_network import glance, halved, name_probabilities
from preprocessing.lettering.pieces import Pieces, words

# The middle of a name's capitals, x and y, and their height, in pixels.
Place = tuple[float, float, float]

# Letters of one name stand closer than this, in heights of a capital; words stand further apart.
LETTER_GAP = 0.45
MOST_LETTERS = 6
WIDEST = 4.0
# Score of the glance below which a place is not read.
LEAST_GLANCE = -2.0
LEAST_FIRST, LEAST_CONFIDENCE = 0.1, 0.5
# What a name's width is, in heights of its capitals.
WIDTHS = {"I": 0.4, "II": 0.8, "III": 1.2, "V": 1.5, "a": 2.3, "-": 3.0}
# A place found in passing is a little off: the window goes where it is surest, so many heights of a capital away.
NUDGES = tuple((dx, dy, 1.0) for dx in (-0.2, 0.2) for dy in (-0.14, 0.14))
# Around that place, the window is laid a little aside and in other sizes, and the readings are averaged.
ASIDE = ((-0.12, 0.0, 0.93), (0.12, 0.0, 1.08), (0.0, -0.08, 1.08), (0.0, 0.08, 0.93))


def free_places(pieces: Pieces, px_per_mm: float) -> list[Place]:
    """Return where words short enough for a lead's name stand free."""
    places = []
    for word in words(pieces, px_per_mm, LETTER_GAP):
        left, right = float(word.left.min()), float(word.right.max())
        top, bottom = float(word.top.min()), float(word.bottom.max())
        height = bottom - top
        if len(word.left) <= MOST_LETTERS and 0.1 * height < right - left < WIDEST * height:
            places.append(((left + right) / 2, (top + bottom) / 2, height))
    return places


def names_glimpsed(ink: Image.Image, places: list[Place]) -> list[PrintedName]:
    """Read what stands at places as `names_at` does, quickly: from one window each."""
    return _names(*_glimpses(ink, places))


def names_at(ink: Image.Image, places: list[Place]) -> list[PrintedName]:
    """Read what stands at places, and return what is a name.

    Parameters
    ----------
    ink : Image, mode ``L``
        Of `preprocessing.lettering.glyph_windows.paper_ink`.
    places : list of Place

    Returns
    -------
    list of PrintedName
        Each with the mean probability of its windows as confidence.
    """
    return _averaged(ink, *_glimpses(ink, places))


def names_near(ink: Image.Image, places: list[Place]) -> list[PrintedName]:
    """Read what stands near places as `names_at` does, the window moved to where it is surest."""
    spots, first = _glimpses(ink, places)
    around = _moved(spots, NUDGES)
    beside = np.concatenate([first[:, None], _read(ink, around)], axis=1)
    each, best = np.arange(len(spots)), beside[:, :, 1:].max(axis=2).argmax(axis=1)
    spots, first = np.concatenate([spots[:, None], around], axis=1)[each, best], beside[each, best]
    good = first[:, 1:].max(axis=1, initial=0) > LEAST_CONFIDENCE
    return _averaged(ink, spots[good], first[good])


def _averaged(ink: Image.Image, spots: np.ndarray, first: np.ndarray) -> list[PrintedName]:
    """Return the names at places that windows around them agree on, with their first reading."""
    return _names(spots, (first + _read(ink, _moved(spots, ASIDE)).sum(axis=1)) / (1 + len(ASIDE)))


def _glimpses(ink: Image.Image, places: list[Place]) -> tuple[np.ndarray, np.ndarray]:
    """Return the places, shape (n, 3), that may show a name, and their probabilities, shape (n, 1 + leads)."""
    spots = np.array(places, dtype=float).reshape(-1, 3)
    seen = windows(ink, spots)
    inviting = glance(halved(seen)) > LEAST_GLANCE
    spots, first = spots[inviting], name_probabilities(seen[inviting])
    likely = first[:, 1:].max(axis=1, initial=0) > LEAST_FIRST
    return spots[likely], first[likely]


def _moved(spots: np.ndarray, moves: tuple[Place, ...]) -> np.ndarray:
    """Return places, shape (n, 3), each with its moves, in heights of its capitals: shape (n, moves, 3)."""
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
    return [name for name in names if name.confidence >= LEAST_CONFIDENCE]


def _name(place: np.ndarray, probabilities: np.ndarray) -> PrintedName:
    x, y, capital_px = map(float, place)
    best = int(probabilities[1:].argmax())
    lead = PRINTED_LEADS[best]
    half_width = WIDTHS[lead if lead in WIDTHS else lead[0]] * capital_px / 2
    top, bottom = y - capital_px / 2, y + capital_px / 2
    return PrintedName(lead, x - half_width, top, x + half_width, bottom, float(probabilities[1 + best]))


def apart(names: list[PrintedName]) -> list[PrintedName]:
    """Keep the surest of names that overlap."""
    kept: list[PrintedName] = []
    for name in sorted(names, key=lambda name: -name.confidence):
        slack = 0.3 * name.capital_px
        if not any(
            name.left < other.right + slack
            and other.left < name.right + slack
            and name.top < other.bottom
            and other.top < name.bottom
            for other in kept
        ):
            kept.append(name)
    return kept
