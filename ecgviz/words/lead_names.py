"""Display names of leads in a sentence."""

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
