"""A line of print: its characters as codes, and the speed and gain that it names."""

from __future__ import annotations

import re

import numpy as np

from preprocessing.recorder_settings import PRINTED_GAINS_MM_MV, PRINTED_SPEEDS_MM_S

# Code 0 says nothing; letters that name no unit all read as OTHER.
OTHER = "?"
CHARACTERS = "0123456789./msecV " + OTHER
ALIKE = {"M": "m", "S": "s", "E": "e", "C": "c", "v": "V"}
_SPEED = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d{1,2})?) ?mm ?/ ?s")
_GAIN = re.compile(r"(?<![\d.])(\d{1,2}(?:\.\d{1,2})?) ?mm ?/ ?mV")


def codes(text: str) -> list[int]:
    """Return the code of each character of a text.

    Examples
    --------
    >>> codes("5Hz")
    [6, 19, 19]
    """
    plain = (ALIKE.get(letter, letter) for letter in text)
    return [1 + CHARACTERS.index(letter if letter in CHARACTERS else OTHER) for letter in plain]


def spoken(probabilities: np.ndarray) -> tuple[str, np.ndarray]:
    """Turn the probabilities of codes along a line into its text.

    Parameters
    ----------
    probabilities : ndarray, shape (steps, 1 + characters), float

    Returns
    -------
    str
    ndarray, shape (characters of the text,), float
        How sure each of them is.
    """
    best = probabilities.argmax(axis=1)
    starts = np.flatnonzero((best > 0) & (best != np.concatenate([[0], best[:-1]])))
    text = "".join(CHARACTERS[best[start] - 1] for start in starts)
    sure = []
    for start in starts:
        stop = start
        while stop < len(best) and best[stop] == best[start]:
            stop += 1
        sure.append(float(probabilities[start:stop, best[start]].max()))
    return text, np.array(sure)


def settings_in(text: str, sure: np.ndarray) -> dict[str, tuple[float, float]]:
    """Find speed and gain in a line.

    Returns
    -------
    dict
        Under ``speed`` and ``gain``, as far as printed: the value and the least certainty of its characters.

    Examples
    --------
    >>> settings_in("?c50 25mm/s 10 mm/mV", np.ones(20))
    {'speed': (25.0, 1.0), 'gain': (10.0, 1.0)}
    >>> settings_in("33mm/s 7 mm", np.ones(11))
    {}
    """
    found: dict[str, tuple[float, float]] = {}
    for name, pattern, known in (("speed", _SPEED, PRINTED_SPEEDS_MM_S), ("gain", _GAIN, PRINTED_GAINS_MM_MV)):
        for match in pattern.finditer(text):
            value = float(match[1])
            certainty = float(sure[match.start() : match.end()].min())
            if value in known and certainty > found.get(name, (0.0, 0.0))[1]:
                found[name] = value, certainty
    return found
