"""Names of leads checked against each other: one height, columns and rows in the orders that reports print."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from preprocessing.lettering.config import AGREEMENT
from preprocessing.lettering.lead_words import CABRERA, PRINTED_LEADS, PrintedName

# The leads of a page, column after column.
Order = tuple[str, ...]
STANDARD: Order = tuple(lead for lead in PRINTED_LEADS if not lead.startswith("-"))
ORDERS: tuple[Order, ...] = (STANDARD, CABRERA + STANDARD[6:])


def weighed_by_agreement(names: list[PrintedName]) -> tuple[PrintedName, ...]:
    """Weigh the confidence of names by how well they fit the others of the page.

    Parameters
    ----------
    names : list of PrintedName
        As read, each on its own.

    Returns
    -------
    tuple of PrintedName
        From top to bottom, then from left to right. Names that agree with no other keep half of their confidence. An
        ``I`` looks like any upright stroke: only one is kept, where a column or row of names has its place.
    """
    # The standard order comes first and wins a tie.
    order = max(ORDERS, key=lambda order: _order_evidence(order, names))
    others = [_in_its_order(name, order) for name in names if name.lead != "I"]
    weighed = _unrepeated(_of_one_height([_weighed(name, others, order) for name in others]))
    sure = [name for name in weighed if name.confidence > AGREEMENT.alone]
    firsts = [(_first_support(name, sure, order), name) for name in names if name.lead == "I"]
    if firsts:
        support, best = max(firsts, key=lambda item: item[0] * item[1].confidence)
        if support > 0:
            weighed.append(
                replace(best, confidence=best.confidence * min(1.0, AGREEMENT.alone + support / AGREEMENT.full_support))
            )
    return tuple(sorted(weighed, key=lambda name: (round(name.top), name.left)))


def _order_evidence(order: Order, names: list[PrintedName]) -> float:
    """Return how many limb leads' names stand below each other as an order has them, weighed by confidence."""
    limbs = [name for name in (_in_its_order(name, order) for name in names) if name.lead in order[:6]]
    pairs = ((upper, lower) for upper in limbs for lower in limbs if upper.top < lower.top)
    return sum(upper.confidence * lower.confidence for upper, lower in pairs if _below(upper, lower, order))


def _in_its_order(name: PrintedName, order: Order) -> PrintedName:
    """Add or remove the minus of aVR by the page's order: a piece of trace looks like one, and a pale one is missed."""
    if name.lead == "-aVR" and name.lead not in order:
        return replace(name, lead="aVR", left=name.left + AGREEMENT.minus_share * (name.right - name.left))
    if name.lead == "aVR" and name.lead not in order:
        return replace(name, lead="-aVR")
    return name


def _weighed(name: PrintedName, names: list[PrintedName], order: Order) -> PrintedName:
    support = sum(other.confidence * _agreement(name, other, order) for other in names if other is not name)
    return replace(
        name, confidence=name.confidence * min(1.0, AGREEMENT.alone + max(0.0, support) / AGREEMENT.full_support)
    )


def _of_one_height(names: list[PrintedName]) -> list[PrintedName]:
    """Lower the confidence of names whose letters are not as high as the others'."""
    if not names:
        return names
    heights = np.array([name.capital_px for name in names])
    order = np.argsort(heights, kind="stable")
    sums = np.cumsum(np.array([name.confidence for name in names])[order])
    usual = heights[order][np.searchsorted(sums, sums[-1] / 2)]
    return [name if _is_usual_height(name.capital_px / usual) else _lowered(name) for name in names]


def _unrepeated(names: list[PrintedName]) -> list[PrintedName]:
    """Lower the confidence of names that occur twice, except that of a rhythm strip below all others."""
    sure = [name for name in names if name.confidence > AGREEMENT.alone]
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
    return [_lowered(name) if count[name.lead] > 1 and name not in kept else name for name in names]


def _lowered(name: PrintedName) -> PrintedName:
    return replace(name, confidence=AGREEMENT.alone * name.confidence)


def _is_usual_height(share: float) -> bool:
    return AGREEMENT.least_height < share < AGREEMENT.most_height


def _first_support(first: PrintedName, names: list[PrintedName], order: Order) -> float:
    """Return how strongly the other names support an I at its place, 0 where none can stand."""
    if not names or not _is_usual_height(first.capital_px / float(np.median([name.capital_px for name in names]))):
        return 0.0
    slack = AGREEMENT.aside * first.capital_px
    leftmost = min(name.left + AGREEMENT.tilt * abs(name.top - first.top) for name in names)
    if first.left > leftmost + slack:
        return 0.0
    column = sum(name.confidence for name in names if _below(first, name, order))
    row = sum(name.confidence * _agreement(first, name, order) for name in names if _in_row(first, name))
    return 2 * column + row if row >= 0 else 0.0


def _agreement(one: PrintedName, other: PrintedName, order: Order) -> int:
    """Return 1 for two names placed as reports print them, -1 for two that no report has in one row, else 0."""
    if _below(one, other, order) or _strip(one, other) or _strip(other, one):
        return 1
    if not _in_row(one, other):
        return 0
    left, right = (one, other) if one.left < other.left else (other, one)
    steps = order.index(right.lead) - order.index(left.lead)
    if steps in {3, 6, 9}:
        return 1
    # Some pages print six leads in a row.
    return 0 if steps == 1 else -1


def _aligned(one: PrintedName, other: PrintedName) -> bool:
    """Whether one stands above the other, in one column."""
    away = abs(one.top - other.top)
    aside = min(abs(one.left - other.left), abs(one.right + one.left - other.right - other.left) / 2)
    height = max(one.capital_px, other.capital_px)
    return away > AGREEMENT.least_pitch * height and aside < AGREEMENT.aside * height + AGREEMENT.tilt * away


def _below(one: PrintedName, other: PrintedName, order: Order) -> bool:
    """Whether two names, next to each other in an order or with one between, stand below each other in that order."""
    upper, lower = (one, other) if one.top < other.top else (other, one)
    if not _aligned(upper, lower) or upper.lead not in order or lower.lead not in order:
        return False
    return order.index(lower.lead) - order.index(upper.lead) in {1, 2}


def _in_row(one: PrintedName, other: PrintedName) -> bool:
    """Whether two names stand beside each other, well apart."""
    away = abs(one.left - other.left)
    height = max(one.capital_px, other.capital_px)
    return (
        away > 2 * AGREEMENT.least_pitch * height
        and abs(one.bottom - other.bottom) < AGREEMENT.aside * height + AGREEMENT.tilt * away
    )


def _strip(one: PrintedName, other: PrintedName) -> bool:
    """Whether the first may be the name of a rhythm strip under the second."""
    return (
        one.lead in {"II", "V1", "V5"} and other.lead in STANDARD[:6] and one.top > other.top and _aligned(one, other)
    )
