"""Names of leads that agree with one another: of one height, in columns and rows as reports print them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from preprocessing.lettering.lead_words import CABRERA, PRINTED_LEADS, PrintedName

# Columns and rows of names are straight to within so many heights of a capital, and so much of their distance.
ASIDE, TILT = 1.3, 0.03
# The next name of a column or row is at least so many heights of a capital away.
LEAST_PITCH = 2.5
# How much of its confidence a name keeps that no other name agrees with.
ALONE = 0.5
# The leads of a page, column after column.
Order = tuple[str, ...]
STANDARD: Order = tuple(lead for lead in PRINTED_LEADS if not lead.startswith("-"))
ORDERS: tuple[Order, ...] = (STANDARD, CABRERA + STANDARD[6:])


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
    # The usual order comes first and stays where neither is better seen.
    order = max(ORDERS, key=lambda order: _seen(order, names))
    others = [_in_its_order(name, order) for name in names if name.lead != "I"]
    weighed = _unrepeated(_of_one_height([_weighed(name, others, order) for name in others]))
    sure = [name for name in weighed if name.confidence > ALONE]
    firsts = [(_first_support(name, sure, order), name) for name in names if name.lead == "I"]
    if firsts:
        support, best = max(firsts, key=lambda item: item[0] * item[1].confidence)
        if support > 0:
            weighed.append(replace(best, confidence=best.confidence * min(1.0, ALONE + support / 2)))
    return tuple(sorted(weighed, key=lambda name: (round(name.top), name.left)))


def _seen(order: Order, names: list[PrintedName]) -> float:
    """Return how many names stand below each other as an order has them, by their confidence."""
    limbs = [name for name in (_in_its_order(name, order) for name in names) if name.lead in order[:6]]
    pairs = ((upper, lower) for upper in limbs for lower in limbs if upper.top < lower.top)
    return sum(upper.confidence * lower.confidence for upper, lower in pairs if _below(upper, lower, order))


def _in_its_order(name: PrintedName, order: Order) -> PrintedName:
    """Take a minus for a piece of trace, or for one not seen, where the order of the page has none or has one."""
    if name.lead == "-aVR" and name.lead not in order:
        return replace(name, lead="aVR", left=name.left + 0.25 * (name.right - name.left))
    if name.lead == "aVR" and name.lead not in order:
        return replace(name, lead="-aVR")
    return name


def _weighed(name: PrintedName, names: list[PrintedName], order: Order) -> PrintedName:
    support = sum(other.confidence * _voice(name, other, order) for other in names if other is not name)
    return replace(name, confidence=name.confidence * min(1.0, ALONE + max(0.0, support) / 2))


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


def _unrepeated(names: list[PrintedName]) -> list[PrintedName]:
    """Trust names less that stand on the page a second time, but for that of a rhythm strip below all others."""
    sure = [name for name in names if name.confidence > ALONE]
    count = Counter(name.lead for name in sure)
    last_row = max((name.bottom for name in sure if count[name.lead] == 1), default=np.inf)
    kept = set()
    for lead in count:
        same = sorted((name for name in sure if name.lead == lead), key=lambda name: name.confidence)
        lowest = max(same, key=lambda name: name.top)
        if lowest.top > last_row:
            kept.add(lowest)
            same = [name for name in same if name is not lowest]
        kept.update(same[-1:])
    return [
        replace(name, confidence=ALONE * name.confidence) if count[name.lead] > 1 and name not in kept else name
        for name in names
    ]


def _first_support(first: PrintedName, names: list[PrintedName], order: Order) -> float:
    """Return how much the names speak for an I at its place, 0 where it cannot stand."""
    if not names or not 0.7 < first.capital_px / float(np.median([name.capital_px for name in names])) < 1.4:
        return 0.0
    slack = ASIDE * first.capital_px
    leftmost = min(name.left + TILT * abs(name.top - first.top) for name in names)
    if first.left > leftmost + slack:
        return 0.0
    column = sum(name.confidence for name in names if _below(first, name, order))
    row = sum(name.confidence * _voice(first, name, order) for name in names if _in_row(first, name))
    return 2 * column + row if row >= 0 else 0.0


def _voice(one: PrintedName, other: PrintedName, order: Order) -> int:
    """Return 1 where two names stand to each other as they do on reports, -1 where no report has them in one row."""
    if _below(one, other, order) or _strip(one, other) or _strip(other, one):
        return 1
    if not _in_row(one, other):
        return 0
    left, right = (one, other) if one.left < other.left else (other, one)
    steps = order.index(right.lead) - order.index(left.lead)
    if steps in {3, 6, 9}:
        return 1
    # Some pages print six leads after another in a row.
    return 0 if steps == 1 else -1


def _aligned(one: PrintedName, other: PrintedName) -> bool:
    """Whether one stands above the other."""
    away = abs(one.top - other.top)
    aside = min(abs(one.left - other.left), abs(one.right + one.left - other.right - other.left) / 2)
    height = max(one.capital_px, other.capital_px)
    return away > LEAST_PITCH * height and aside < ASIDE * height + TILT * away


def _below(one: PrintedName, other: PrintedName, order: Order) -> bool:
    """Whether neighbours in an order stand below each other in it, or such as have one between them."""
    upper, lower = (one, other) if one.top < other.top else (other, one)
    if not _aligned(upper, lower) or upper.lead not in order or lower.lead not in order:
        return False
    return order.index(lower.lead) - order.index(upper.lead) in {1, 2}


def _in_row(one: PrintedName, other: PrintedName) -> bool:
    """Whether two names stand beside each other, well apart."""
    away = abs(one.left - other.left)
    height = max(one.capital_px, other.capital_px)
    return away > 2 * LEAST_PITCH * height and abs(one.bottom - other.bottom) < ASIDE * height + TILT * away


def _strip(one: PrintedName, other: PrintedName) -> bool:
    """Whether the first may be the name of a rhythm strip under the second."""
    return (
        one.lead in {"II", "V1", "V5"} and other.lead in STANDARD[:6] and one.top > other.top and _aligned(one, other)
    )
