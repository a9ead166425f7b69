"""What an edit of the layout or the scale changed, in words."""

from __future__ import annotations

from collections.abc import Mapping

from ecgviz.words.measured import NAMES, in_words
from preprocessing.measuring import Measured

ARROW = "\N{RIGHTWARDS ARROW}"


def changes(before: Mapping[str, Measured], now: Mapping[str, Measured]) -> list[str]:
    """Return each measurement whose shown value changed, such as ``PR 196 ms -> 126 ms`` with a real arrow."""
    shown = {name: (in_words(value), in_words(now[name])) for name, value in before.items()}
    return [f"{NAMES[name]} {old} {ARROW} {new}" for name, (old, new) in shown.items() if old != new]
