"""How sure a figure is: 95 % intervals of shares, and of figures over pages whose leads hang together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

Z = 1.96
DRAWS = 1000
# Of fewer pages than this nothing is said about others.
LEAST_PAGES = 5


def share_interval(right: int, n: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share.

    Examples
    --------
    >>> [round(end, 3) for end in share_interval(9, 10)]
    [0.596, 0.982]
    """
    share = right / n
    centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * (share * (1 - share) / n + Z * Z / (4 * n * n)) ** 0.5 / (1 + Z * Z / n)
    # Rounding may lead a hair beyond.
    return max(0.0, centre - half), min(1.0, centre + half)


def pages_interval(
    pages: Sequence[Sequence[float]], figure: Callable[[np.ndarray], float]
) -> tuple[float, float] | None:
    """Return the 95 % interval of a figure of all leads, by drawing pages anew with all of their leads.

    None where there are too few pages.

    Examples
    --------
    >>> pages_interval([[1, 2], [3, 4]] * 5, np.median)
    (2.0, 3.0)
    """
    if len(pages) < LEAST_PAGES:
        return None
    rng = np.random.default_rng(2026)
    drawn = rng.integers(0, len(pages), (DRAWS, len(pages)))
    figures = [figure(np.concatenate([pages[page] for page in some])) for some in drawn]
    low, high = np.quantile(figures, (0.025, 0.975))
    return round(float(low), 3), round(float(high), 3)
