"""Identity of a printed lead: its name, and whether it is one of the twelve or a rhythm strip."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# The twelve leads in the order used everywhere.
LEADS = ("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6")
_STRIP_ENDING = "_rhythm"


class Role(StrEnum):
    """Role of a printed lead: one of the twelve, or a strip over the whole width that repeats one of them."""

    TWELVE_LEAD = "12-lead"
    RHYTHM = "rhythm"


@dataclass(frozen=True)
class LeadId:
    """Identity of a printed lead, unique on its page.

    `lead` is one of `LEADS`, or ``-aVR``: Cabrera's order prints aVR inverted.

    Examples
    --------
    >>> LeadId("II", Role.RHYTHM).key, LeadId.of_key("V1").role
    ('II_rhythm', <Role.TWELVE_LEAD: '12-lead'>)
    >>> LeadId.of_key("-aVR").electrode, LeadId.of_key("II_rhythm").name
    ('aVR', 'II strip')
    """

    lead: str
    role: Role

    @classmethod
    def of_key(cls, key: str) -> LeadId:
        """Return the lead with this key."""
        role = Role.RHYTHM if key.endswith(_STRIP_ENDING) else Role.TWELVE_LEAD
        return cls(key.removesuffix(_STRIP_ENDING), role)

    @property
    def key(self) -> str:
        """The lead as one word: ``V1``, ``II_rhythm``."""
        return f"{self.lead}{_STRIP_ENDING}" if self.is_strip else self.lead

    @property
    def is_strip(self) -> bool:
        """Whether it is a rhythm strip."""
        return self.role == Role.RHYTHM

    @property
    def name(self) -> str:
        """The lead beside its trace or in a list: ``V1``, ``II strip``."""
        return f"{self.lead} strip" if self.is_strip else self.lead

    @property
    def electrode(self) -> str:
        """The one of `LEADS` that it shows, inverted or not."""
        return self.lead.removeprefix("-")


@dataclass(frozen=True)
class OfLead:
    """What belongs to one printed lead: its box, its trace."""

    lead: str
    role: Role

    @property
    def id(self) -> LeadId:
        """Which lead it is; no other of the page has the same."""
        return LeadId(self.lead, self.role)

    @property
    def key(self) -> str:
        """Its `id` as one word."""
        return self.id.key

    @property
    def is_strip(self) -> bool:
        """Whether it is a rhythm strip."""
        return self.id.is_strip
