"""Names of leads that agree with one another: of one height, in columns and rows as reports print them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from preprocessing.lead_words import CABRERA, LEADS, PrintedName

# Columns and rows of names are straight to within so many heights of a capital, and so much of their distance.
ASIDE, TILT = 1.3, 0.03
# The next name of a column or row is at least so many heights of a capital away.
LEAST_PITCH = 2.5
# How much of its confidence a name keeps that no other name agrees with.
ALONE = 0.5
STANDARD = tuple(lead for lead in LEADS if not lead.startswith("-"))


def agreeing(names: list[PrintedName]) -> tuple[PrintedName, ...]:
    """Weigh names by how well they fit the others of the page.

    Parameters
    ----------
    names : list of PrintedName
        As read, each for itself.

    Returns
    -------
    tuple of PrintedName
        From the top, then from the left. Names that agree with no other keep half of their confidence. An ``I`` looks
        like any upright stroke: one alone is kept, where a column or row of names has its place.
    """
    others = [name for name in names if name.lead != "I"]
    weighed = [_weighed(_unturned(name, names), others) for name in others]
    weighed = _of_one_height(weighed)
    sure = [name for name in weighed if name.confidence > ALONE]
    firsts = [(_first_support(name, sure), name) for name in names if name.lead == "I"]
    if firsts:
        support, best = max(firsts, key=lambda item: item[0] * item[1].confidence)
        if support > 0:
            weighed.append(replace(best, confidence=best.confidence * min(1.0, ALONE + support / 2)))
    return tuple(sorted(weighed, key=lambda name: (round(name.top), name.left)))


def _unturned(name: PrintedName, names: list[PrintedName]) -> PrintedName:
    """Take a minus for a piece of trace where the names around are not in Cabrera's order."""
    if name.lead != "-aVR" or any(_below(name, other) == 1 for other in names if other.lead in {"I", "II"}):
        return name
    return replace(name, lead="aVR", left=name.left + 0.25 * (name.right - name.left))


def _weighed(name: PrintedName, names: list[PrintedName]) -> PrintedName:
    support = sum(other.confidence for other in names if other is not name and _partners(name, other))
    return replace(name, confidence=name.confidence * min(1.0, ALONE + support / 2))


def _of_one_height(names: list[PrintedName]) -> list[PrintedName]:
    """Trust names less whose letters are not as high as the others'."""
    if not names:
        return names
    heights = np.array([name.capital_px for name in names])
    order = np.argsort(heights, kind="stable")
    sums = np.cumsum(np.array([name.confidence for name in names])[order])
    usual = heights[order][np.searchsorted(sums, sums[-1] / 2)]
    return [
        name if 0.7 < name.capital_px / usual < 1.4 else replace(name, confidence=ALONE * name.confidence)
        for name in names
    ]


def _first_support(first: PrintedName, names: list[PrintedName]) -> float:
    """Return how much the names speak for an I at its place, 0 where it cannot stand."""
    if not names or not 0.7 < first.capital_px / float(np.median([name.capital_px for name in names])) < 1.4:
        return 0.0
    slack = ASIDE * first.capital_px
    leftmost = min(name.left + TILT * abs(name.top - first.top) for name in names)
    if first.left > leftmost + slack and not any(name.lead == "aVL" and _below(first, name) for name in names):
        return 0.0
    column = sum(name.confidence for name in names if _below(first, name))
    row = sum(name.confidence for name in names if _beside(first, name))
    return 2 * column + row


def _partners(one: PrintedName, other: PrintedName) -> bool:
    """Whether two names stand to each other as they do on reports."""
    return bool(_below(one, other)) or _beside(one, other) or _strip(one, other) or _strip(other, one)


def _aligned(one: PrintedName, other: PrintedName) -> bool:
    """Whether one stands above the other."""
    away = abs(one.top - other.top)
    aside = min(abs(one.left - other.left), abs(one.right + one.left - other.right - other.left) / 2)
    height = max(one.capital_px, other.capital_px)
    return away > LEAST_PITCH * height and aside < ASIDE * height + TILT * away


def _below(one: PrintedName, other: PrintedName) -> int:
    """Return 1 where neighbours in an order of leads stand below each other in it, 2 where one between is passed."""
    upper, lower = (one, other) if one.top < other.top else (other, one)
    if not _aligned(upper, lower):
        return 0
    for order in (STANDARD, CABRERA):
        if upper.lead in order and lower.lead in order:
            steps = order.index(lower.lead) - order.index(upper.lead)
            if steps in {1, 2}:
                return steps
    return 0


def _beside(one: PrintedName, other: PrintedName) -> bool:
    """Whether two leads of one row of a page stand beside each other, three or six leads on."""
    left, right = (one, other) if one.left < other.left else (other, one)
    apart = right.left - left.left
    height = max(one.capital_px, other.capital_px)
    if apart < 2 * LEAST_PITCH * height or abs(one.bottom - other.bottom) > ASIDE * height + TILT * apart:
        return False
    if left.lead in STANDARD and right.lead in STANDARD:
        steps = STANDARD.index(right.lead) - STANDARD.index(left.lead)
        if steps in {3, 6, 9}:
            return True
    return left.lead in CABRERA and right.lead == STANDARD[6 + CABRERA.index(left.lead)]


def _strip(one: PrintedName, other: PrintedName) -> bool:
    """Whether the first may be the name of a rhythm strip under the second."""
    return (
        one.lead in {"II", "V1", "V5"} and other.lead in STANDARD[:6] and one.top > other.top and _aligned(one, other)
    )
