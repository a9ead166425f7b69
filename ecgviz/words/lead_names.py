"""Leads' names as people read them: in a sentence, beside a trace, and for what the networks know only as the strip."""

from __future__ import annotations

from models.networks import STRIP
from preprocessing.lead_id import LeadId


def in_words(key: str) -> str:
    """Return a lead's name as a person says it, from the key of its box.

    Examples
    --------
    >>> in_words("V1"), in_words("II_rhythm")
    ('V1', 'II, rhythm strip')
    """
    lead = LeadId.of_key(key)
    return f"{lead.lead}, rhythm strip" if lead.is_strip else key


def beside_trace(lead: LeadId) -> str:
    """Return a lead's name as it stands beside its trace.

    Examples
    --------
    >>> beside_trace(LeadId.of_key("II")), beside_trace(LeadId.of_key("II_rhythm"))
    ('II', 'II strip')
    """
    return f"{lead.lead} strip" if lead.is_strip else lead.lead


def of_network(lead: str) -> str:
    """Return the name of one of the networks' thirteen leads: they know one strip, whichever lead it repeats."""
    return "strip" if lead == STRIP else lead
