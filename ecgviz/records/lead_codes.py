"""Codes of the leads in ISO/IEEE 11073-10102 (MDC), which DICOM, aECG, FHIR and SCP-ECG share."""

from __future__ import annotations

# Number of each lead: DICOM writes "2:62" or SCPECG's "5.6.3-9-62", FHIR adds it to 131328. 65 is Cabrera's aVR.
MDC_LEADS = {
    "I": 1,
    "II": 2,
    "V1": 3,
    "V2": 4,
    "V3": 5,
    "V4": 6,
    "V5": 7,
    "V6": 8,
    "III": 61,
    "aVR": 62,
    "aVL": 63,
    "aVF": 64,
    "-aVR": 65,
}
_LEAD = "MDC_ECG_LEAD_"
# The same as aECG spells them.
AECG_LEADS = {name: _LEAD + ("AVRneg" if name == "-aVR" else name.upper()) for name in MDC_LEADS}
