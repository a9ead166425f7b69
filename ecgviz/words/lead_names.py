"""Display names of leads, in a sentence and beside a trace."""

from __future__ import annotations

from preprocessing.lead_id import LeadId


def in_words(key: str) -> str:
    """Return a lead's name for a sentence, from the key of its box.

    Examples
    --------
    >>> in_words("V1"), in_words("II_rhythm")
    ('V1', 'II, rhythm strip')
    """
    lead = LeadId.of_key(key)
    return f"{lead.lead}, rhythm strip" if lead.is_strip else key


def beside_trace(lead: LeadId) -> str:
    """Return a lead's name beside its trace.

    Examples
    --------
    >>> beside_trace(LeadId.of_key("II")), beside_trace(LeadId.of_key("II_rhythm"))
    ('II', 'II strip')
    """
    return f"{lead.lead} strip" if lead.is_strip else lead.lead
