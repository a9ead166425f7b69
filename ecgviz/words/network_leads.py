"""The names of the networks' inputs as people read them."""

from __future__ import annotations

from models.networks import STRIP


def of_network(lead: str) -> str:
    """Return the name of one of the networks' thirteen leads: they know one strip, whichever lead it repeats."""
    return "strip" if lead == STRIP else lead
