"""A simulated report: what it was drawn as, and whether the prediction is right."""

from __future__ import annotations

from models.serving import Verdict

RIGHT, WRONG, NONE = "right", "wrong", "no prediction"


def outcome(drawn_as: str, verdict: Verdict) -> str:
    """Return whether a prediction is right, wrong, or not made."""
    if verdict.abstains:
        return NONE
    return RIGHT if verdict.label == drawn_as else WRONG


def sentence(drawn_as: str, verdict: Verdict) -> str:
    """Return in one sentence what a report was drawn as and how the combined prediction compares.

    Examples
    --------
    >>> from models.serving import VerdictState
    >>> sure = Verdict((0.9, 0.06, 0.03, 0.01), "Normal", VerdictState.PREDICTED, (), "0")
    >>> sentence("History of MI", sure)
    'Drawn as History of MI; the prediction, Normal, is wrong.'
    """
    found = outcome(drawn_as, verdict)
    if found == NONE:
        as_drawn = "as drawn" if verdict.label == drawn_as else f"not {drawn_as}"
        return f"Drawn as {drawn_as}. No class is predicted; the most probable one is {verdict.label}, {as_drawn}."
    return f"Drawn as {drawn_as}; the prediction, {verdict.label}, is {found}."
