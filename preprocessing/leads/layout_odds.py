"""How probable a layout is among all that fit the same page, from what supports each."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from preprocessing.leads.arrangement import Arrangement
from preprocessing.leads.search_config import ODDS


def probability(chosen: Arrangement, candidates: Iterable[Arrangement]) -> float:
    """Return the probability that a page has the layout of an arrangement, in [0, 1].

    Parameters
    ----------
    chosen : Arrangement
    candidates : iterable of Arrangement
        All that were placed on the page, the chosen one among them. Of one layout the best supported counts.

    Notes
    -----
    A softmax over layouts: what supports one, checks and printed names, is a logarithm of odds but for its scale. That
    the page has none of them, because a part of it is missing, counts as one of a fixed support.
    """
    support = {chosen.name: chosen.support}
    for candidate in candidates:
        support[candidate.name] = max(candidate.support, support.get(candidate.name, candidate.support))
    others = [other for name, other in support.items() if name != chosen.name]
    odds = (np.array([*others, ODDS.no_layout]) - support[chosen.name]) / ODDS.scale
    return float(1 / (1 + np.exp(odds).sum()))
