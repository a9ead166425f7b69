"""Agreement as tables for screen and chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from ecgviz.store import NONE, Agreement, Ratings, agreement
from models.classes import CLASSES

UNDEFINED = "undefined"


def spread(figure: tuple[float, float, float]) -> str:
    """Write a figure with its interval.

    Examples
    --------
    >>> spread((0.5, 0.25, 0.75)), spread((float("nan"),) * 3)
    ('0.50 [0.25, 0.75]', 'undefined')
    """
    value, low, high = figure
    return UNDEFINED if np.isnan(value) else f"{value:.2f} [{low:.2f}, {high:.2f}]"


def percent(figure: tuple[float, float, float]) -> str:
    """Write a share with its interval, in percent.

    Examples
    --------
    >>> percent((0.5, 0.25, 0.75))
    '50% [25, 75]'
    """
    value, low, high = figure
    return UNDEFINED if np.isnan(value) else f"{value:.0%} [{100 * low:.0f}, {100 * high:.0f}]"


def pairs(ratings: Ratings, in_words: Callable[[str], str]) -> pd.DataFrame:
    """Return one row for each reader and each other rater: reports, share with the same class, Cohen's kappa."""
    rows = []
    raters = [*ratings.readers, *ratings.networks]
    for place, first in enumerate(ratings.readers):
        for second in raters[place + 1 :]:
            found = agreement.compared(ratings, first, second)
            rows.append(
                {
                    "Reference": first,
                    "Compared with": in_words(second),
                    "Reports": found.n,
                    "Same class": percent(found.agreed),
                    "Cohen's kappa": spread(found.kappa),
                    "Different": len(found.apart),
                }
            )
    return pd.DataFrame(rows)


def matrix(found: Agreement) -> pd.DataFrame:
    """Return the matrix, one row a cell: ``reference, compared, reports, row_share``."""
    whole = found.counts.sum(axis=1)
    return pd.DataFrame(
        [
            {
                "reference": CLASSES[row],
                "compared": CLASSES[column],
                "reports": int(found.counts[row, column]),
                "row_share": float(found.counts[row, column] / whole[row]) if whole[row] else 0.0,
            }
            for row in range(len(CLASSES))
            for column in range(len(CLASSES))
        ]
    )


def sensitivities(found: Agreement) -> pd.DataFrame:
    """Return, by class, how many reports the reference gave it, and the share to which the other did too."""
    return pd.DataFrame(
        {
            "Class": CLASSES,
            "Reports": found.counts.sum(axis=1),
            "Sensitivity": [percent(one) for one in found.sensitivity],
        }
    )


def cases(ratings: Ratings, apart: Sequence[str], names: Sequence[str], raters: Mapping[str, str]) -> pd.DataFrame:
    """Return one row for each report with different classes; `raters` are the two with their names in words."""
    place = {sha256: number for number, sha256 in enumerate(ratings.reports)}
    rows = []
    for sha256, name in zip(apart, names, strict=True):
        given = {words: ratings.labels[rater][place[sha256]] for rater, words in raters.items()}
        rows.append({"Report": name} | {words: CLASSES[one] for words, one in given.items() if one != NONE})
    return pd.DataFrame(rows)


def months(periods: Sequence[agreement.Period]) -> pd.DataFrame:
    """Return one row a month: ``month, reports, value, low, high``."""
    return pd.DataFrame(
        [
            {"month": one.name, "reports": one.n, "value": one.agreed[0], "low": one.agreed[1], "high": one.agreed[2]}
            for one in periods
        ]
    )
