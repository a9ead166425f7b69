"""Names of leads as files of signals spell them."""

from __future__ import annotations

import re

from ecgviz.records.lead_codes import MDC_LEADS
from preprocessing.lead_id import LEADS, LeadId, Role

_BEFORE = re.compile(r"^(mdc_ecg_lead_|ecg[\s_-]+|ekg[\s_-]+|lead[\s_-]+|d(?=i{1,3}$))+")
_AFTER = re.compile(r"(\s*\(.*\)|[\s_-]+(ref|gnd))$")
_STRIP = re.compile(r"[\s_]+(rhythm|2)$")
_NAMES = {
    **{lead.lower(): lead for lead in LEADS},
    **dict.fromkeys(("-avr", "avrneg", "avr-"), "-aVR"),
    **{f"{letter}{number}": f"V{number}" for letter in ("c", "v0") for number in range(1, 7)},
}
_OF_CODES = {code: lead for lead, code in MDC_LEADS.items()}


def lead_of(label: str) -> LeadId | None:
    """Return the lead that a label names.

    Examples
    --------
    >>> lead_of("ECG V1"), lead_of("MDC_ECG_LEAD_AVR").key, lead_of("II_rhythm").key, lead_of("Resp")
    (LeadId(lead='V1', role=<Role.TWELVE_LEAD: '12-lead'>), 'aVR', 'II_rhythm', None)
    """
    word = label.strip().lower()
    role = Role.RHYTHM if _STRIP.search(word) else Role.TWELVE_LEAD
    word = _BEFORE.sub("", _AFTER.sub("", _STRIP.sub("", word)))
    return LeadId(_NAMES[word], role) if word in _NAMES else None


def lead_of_code(scheme: str, value: str) -> LeadId | None:
    """Return the lead of a code in DICOM's schemes MDC ("2:1") or SCPECG ("5.6.3-9-1").

    Examples
    --------
    >>> lead_of_code("SCPECG", "5.6.3-9-61").key
    'III'
    """
    start = {"MDC": "2:", "SCPECG": "5.6.3-9-"}.get(scheme)
    number = value.removeprefix(start) if start and value.startswith(start) else ""
    lead = _OF_CODES.get(int(number)) if number.isascii() and number.isdigit() else None
    return None if lead is None else LeadId(lead, Role.TWELVE_LEAD)
