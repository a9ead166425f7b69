"""One named criterion of the literature, computed: a fact about the beat, not a diagnosis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from preprocessing.measuring.criteria_config import CONDUCTION_LIMITS
from preprocessing.measuring.lead_waves import LeadWaves

# Definition: leads that view neighbouring parts of the heart, as the Fourth Universal Definition groups them.
CONTIGUOUS = (
    ("I", "aVL"),
    ("II", "III"),
    ("II", "aVF"),
    ("III", "aVF"),
    *((f"V{number}", f"V{number + 1}") for number in range(1, 6)),
)
MINUS = "\N{MINUS SIGN}"
FOURTH_DEFINITION = "Fourth Universal Definition of Myocardial Infarction, 2018 (Circulation 138:e618)"
AHA_PART_3 = "AHA/ACCF/HRS recommendations 2009, part III (Circulation 119:e235)"
AHA_PART_4 = "AHA/ACCF/HRS recommendations 2009, part IV (Circulation 119:e241)"
AHA_PART_5 = "AHA/ACCF/HRS recommendations 2009, part V (Circulation 119:e251)"
AHA_PART_6 = "AHA/ACCF/HRS recommendations 2009, part VI (Circulation 119:e262)"

Waves = Mapping[str, LeadWaves]


class CriterionState(StrEnum):
    """Whether a criterion is met."""

    MET = "met"
    DEPENDS = "depends"
    """Met for some ages or one sex only, which a page does not give, or met only at another moment."""
    NOT_MET = "not met"
    NOT_JUDGED = "not judged"
    """What it needs was not measured."""


@dataclass(frozen=True)
class Criterion:
    """One criterion on one report.

    Attributes
    ----------
    code : str
        Stable name.
    name : str
        Name to show.
    state : CriterionState
    facts : str
        What was measured, with the limits, as sentences.
    source : str
        Where the limits come from.
    """

    code: str
    name: str
    state: CriterionState
    facts: str
    source: str


def met_if(holds: bool) -> CriterionState:
    """Return met or not met."""
    return CriterionState.MET if holds else CriterionState.NOT_MET


def without_block(qrs_ms: float | None) -> str:
    """Return a remark where QRS is so wide that limits of infarction do not hold, else nothing.

    Examples
    --------
    >>> without_block(96.0)
    ''
    """
    if qrs_ms is None or qrs_ms < CONDUCTION_LIMITS.qrs_ms:
        return ""
    return f" The limits hold without bundle branch block and left ventricular hypertrophy; QRS is {qrs_ms:.0f} ms."


def contiguous(leads: Iterable[str]) -> tuple[str, ...]:
    """Return the leads of which a contiguous one is among them too, in the usual order.

    Examples
    --------
    >>> contiguous(["V2", "V3", "V5", "aVL"])
    ('V2', 'V3')
    """
    among = set(leads)
    pairs = [pair for pair in CONTIGUOUS if among.issuperset(pair)]
    return tuple(dict.fromkeys(lead for pair in pairs for lead in pair))


def listed(values: Mapping[str, float]) -> str:
    """Return leads with their millivolts.

    Examples
    --------
    >>> listed({"V2": 0.214, "V3": -0.05})
    'V2 +0.21, V3 \u22120.05 mV'
    """
    return ", ".join(f"{lead} {millivolts(value)}" for lead, value in values.items()) + " mV"


def millivolts(value: float) -> str:
    """Return a level with its sign and two decimals, as it is compared with a limit.

    Examples
    --------
    >>> millivolts(0.0), millivolts(-0.104)
    ('0.00', '\u22120.10')
    """
    shown = f"{round(value, 2):+.2f}"
    return "0.00" if float(shown) == 0 else shown.replace("-", MINUS)
