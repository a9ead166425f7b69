"""Display names of the networks' leads."""

from __future__ import annotations

from models.networks import STRIP


def of_network(lead: str) -> str:
    """Return the display name of one of the networks' thirteen leads, the strip being one whichever lead it repeats.

    Examples
    --------
    >>> of_network("V1"), of_network("rhythm")
    ('V1', 'strip')
    """
    return "strip" if lead == STRIP else lead
