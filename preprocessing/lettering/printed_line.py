"""A line of print: its characters as codes, and the paper speed and gain that it gives."""

from __future__ import annotations

import re

import numpy as np

from preprocessing.recorder_settings import PRINTED_GAINS_MM_MV, PRINTED_SPEEDS_MM_S

# Definition: the network's classes. Code 0 is the blank of CTC; letters that occur in no unit are all OTHER.
OTHER = "?"
CHARACTERS = "0123456789./msecV " + OTHER
ALIKE = {"M": "m", "S": "s", "E": "e", "C": "c", "v": "V"}
_SPEED = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d{1,2})?) ?mm ?/ ?s")
_GAIN = re.compile(r"(?<![\d.])(\d{1,2}(?:\.\d{1,2})?) ?mm ?/ ?mV")


# Of the network that reads printed measurements. Capitals count as small letters, and what many fonts print alike is
# one character: I, l and 1, O and 0.
BLOCK_CHARACTERS = "0123456789./-: abcdefghjkmnpqrstuvwxyz" + OTHER
# Letters that the network has read for digits, and a number that may hold some of them; "v5" and "rv5" are names.
_LIKE_DIGITS = "sbgzqr"
_NUMBER = re.compile(rf"(?<![^ :/-])[0-9.{_LIKE_DIGITS}]*[0-9][0-9.{_LIKE_DIGITS}]*(?![^ :/])")
_BLOCK_ALIKE = {"i": "1", "l": "1", "|": "1", "o": "0", "~": "-", ",": ".", ";": ":"}


def as_block(text: str) -> str:
    """Return a text in `BLOCK_CHARACTERS`, as it is read without error.

    Examples
    --------
    >>> as_block("HR 60 bpm, Sinus")
    'hr 60 bpm. s1nus'
    """
    plain = (_BLOCK_ALIKE.get(letter, letter) for letter in text.lower())
    return "".join(letter if letter in BLOCK_CHARACTERS else OTHER for letter in plain)


def block_codes(text: str) -> list[int]:
    """Return the code of each character of a text among `BLOCK_CHARACTERS`.

    Examples
    --------
    >>> block_codes("5 Ol")
    [6, 15, 1, 2]
    """
    return [1 + BLOCK_CHARACTERS.index(letter) for letter in as_block(text)]


def codes(text: str) -> list[int]:
    """Return the code of each character of a text.

    Examples
    --------
    >>> codes("5Hz")
    [6, 19, 19]
    """
    plain = (ALIKE.get(letter, letter) for letter in text)
    return [1 + CHARACTERS.index(letter if letter in CHARACTERS else OTHER) for letter in plain]


def decoded_text(probabilities: np.ndarray, characters: str = CHARACTERS) -> tuple[str, np.ndarray]:
    """Decode the probabilities of codes along a line into its text (greedy CTC decoding).

    Parameters
    ----------
    probabilities : ndarray, shape (steps, 1 + characters), float
    characters : str
        What the codes from 1 on stand for.

    Returns
    -------
    str
    ndarray, shape (characters of the text,), float
        The probability of each.
    """
    spans = _spans(probabilities)
    text = "".join(characters[code - 1] for code, _ in spans)
    return text, np.array([float(probabilities[steps, code].max()) for code, steps in spans])


def decoded_block(probabilities: np.ndarray) -> tuple[str, np.ndarray]:
    """Decode a line in `BLOCK_CHARACTERS`; in a number, a letter that looks like a digit is read as one.

    Small print of another recorder's font makes 50 and 80 an "s0" in some views. Which digit it is, is for the digits'
    own probabilities to say: they are scaled to sum to 1, and so is the certainty.

    Parameters
    ----------
    probabilities : ndarray, shape (steps, 1 + characters), float

    Returns
    -------
    str
    ndarray, shape (characters of the text,), float

    Examples
    --------
    >>> steps = np.full((4, 1 + len(BLOCK_CHARACTERS)), 1e-6)
    >>> steps[0, block_codes("s")], steps[0, block_codes("5")], steps[0, block_codes("8")] = 0.6, 0.3, 0.1
    >>> steps[1, 0], steps[2, block_codes("0")], steps[3, block_codes("/")] = 1, 1, 1
    >>> text, certainty = decoded_block(steps)
    >>> text, round(float(certainty[0]), 2)
    ('50/', 0.75)
    """
    text, certainty = decoded_text(probabilities, BLOCK_CHARACTERS)
    spans, letters = _spans(probabilities), list(text)
    for number in _NUMBER.finditer(text):
        if 2 * sum(letter not in _LIKE_DIGITS for letter in number[0]) < len(number[0]):
            continue
        for place in range(*number.span()):
            if letters[place] in _LIKE_DIGITS:
                digits = probabilities[spans[place][1], 1:11].sum(axis=0)
                letters[place] = BLOCK_CHARACTERS[int(digits.argmax())]
                certainty[place] = float(digits.max() / digits.sum())
    return "".join(letters), certainty


def _spans(probabilities: np.ndarray) -> list[tuple[int, slice]]:
    """Return the code of each character of a line and the steps that show it."""
    best = probabilities.argmax(axis=1)
    starts = np.flatnonzero(best != np.concatenate([[0], best[:-1]]))
    stops = np.append(starts, len(best))[1:]
    return [
        (int(best[start]), slice(int(start), int(stop)))
        for start, stop in zip(starts, stops, strict=True)
        if best[start] > 0
    ]


def settings_in(text: str, certainty: np.ndarray) -> dict[str, tuple[float, float]]:
    """Find speed and gain in a line.

    Parameters
    ----------
    text : str
    certainty : ndarray, shape (characters of the text,), float in [0, 1]

    Returns
    -------
    dict
        Under ``speed`` and ``gain``, as far as printed: the value and the lowest certainty of its characters.

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
            lowest = float(certainty[match.start() : match.end()].min())
            if value in known and lowest > found.get(name, (0.0, 0.0))[1]:
                found[name] = value, lowest
    return found
