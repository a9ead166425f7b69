"""Reading lead names at given places: the network's opinion of windows laid over them in several ways."""

from __future__ import annotations

import numpy as np
from PIL import Image

from preprocessing.lead_words import LEADS, PrintedName
from preprocessing.letter_groups import Pieces, words
from preprocessing.letter_ink import window
from preprocessing.letter_network import glance, halved, name_probabilities

# The middle of a name's capitals, x and y, and their height, in pixels.
Place = tuple[float, float, float]

# Letters of one name stand closer than this, in heights of a capital; words stand further apart.
LETTER_GAP = 0.45
MOST_LETTERS = 6
WIDEST = 4.0
# Score of the glance below which a place is not read.
LEAST_GLANCE = -2.0
LEAST_FIRST, LEAST_CONFIDENCE = 0.2, 0.5
# What a name's width is, in heights of its capitals.
WIDTHS = {"I": 0.4, "II": 0.8, "III": 1.2, "V": 1.5, "a": 2.3, "-": 3.0}
# Around a place, the window is laid a little aside and in other sizes, and the readings are averaged.
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


def names_at(ink: Image.Image, places: list[Place]) -> list[PrintedName]:
    """Read what stands at places, and return what is a name.

    Parameters
    ----------
    ink : Image, mode ``L``
        Of `preprocessing.letter_ink.paper_ink`.
    places : list of Place

    Returns
    -------
    list of PrintedName
        Each with the mean probability of its windows as confidence.
    """
    if not places:
        return []
    windows = np.stack([window(ink, *place) for place in places])
    inviting = np.flatnonzero(glance(halved(windows)) > LEAST_GLANCE)
    first = name_probabilities(windows[inviting])
    likely = np.flatnonzero(first[:, 1:].max(axis=1) > LEAST_FIRST) if inviting.size else inviting
    if not likely.size:
        return []
    chosen = [places[inviting[nth]] for nth in likely]
    aside = [
        window(ink, x + dx * capital_px, y + dy * capital_px, size * capital_px)
        for x, y, capital_px in chosen
        for dx, dy, size in ASIDE
    ]
    others = name_probabilities(np.stack(aside)).reshape(len(chosen), len(ASIDE), -1)
    mean = (first[likely] + others.sum(axis=1)) / (1 + len(ASIDE))
    names = [_name(place, probabilities) for place, probabilities in zip(chosen, mean, strict=True)]
    return [name for name in names if name.confidence >= LEAST_CONFIDENCE]


def _name(place: Place, probabilities: np.ndarray) -> PrintedName:
    x, y, capital_px = place
    best = int(probabilities[1:].argmax())
    lead = LEADS[best]
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
