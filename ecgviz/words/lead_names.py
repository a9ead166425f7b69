"""Leads' names as people read them: in a sentence, beside a trace, and for what the networks know only as the strip."""

from __future__ import annotations

from models.networks import STRIP


def in_words(key: str) -> str:
    """Return a lead's name as a person says it, from the key of its box.

    Examples
    --------
    >>> in_words("V1"), in_words("II_rhythm")
    ('V1', 'II, rhythm strip')
    """
    return f"{key.removesuffix('_rhythm')}, rhythm strip" if key.endswith("_rhythm") else key


def beside_trace(lead: str, role: str) -> str:
    """Return a lead's name as it stands beside its trace.

    Examples
    --------
    >>> beside_trace("II", "12-lead"), beside_trace("II", "rhythm")
    ('II', 'II strip')
    """
    return f"{lead} strip" if role == "rhythm" else lead


def of_network(lead: str) -> str:
    """Return the name of one of the networks' thirteen leads: they know one strip, whichever lead it repeats."""
    return "strip" if lead == STRIP else lead
