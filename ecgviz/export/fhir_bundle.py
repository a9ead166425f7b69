"""Export as HL7 FHIR R4: the signals and measurements as observations, and a diagnostic report with the PDF.

No patient is named, and no date: a system that takes the bundle in adds its own subject.
"""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

from ecgviz import __version__
from ecgviz.export.channels import Channel, channels_of
from ecgviz.export.measured_values import MeasuredValue, measured_values
from ecgviz.export.origin import derivation, origin_remarks, uuid_of
from ecgviz.records import MDC_LEADS
from ecgviz.study import MISSING_UV, Study, name_of
from preprocessing.traces import RATE_HZ

_LOINC, _UCUM, _MDC = "http://loinc.org", "http://unitsofmeasure.org", "urn:oid:2.16.840.1.113883.6.24"
# MDC_ECG_ELEC_POTL, to which a lead's number is added.
_POTENTIAL = 131328
_GAP = "E"
Resource = dict[str, Any]


def fhir_bundle(study: Study, pdf: bytes) -> bytes:
    """Write a study as a bundle of resources.

    Parameters
    ----------
    study : Study
    pdf : bytes
        The report that goes into the diagnostic report.
    """
    channels = channels_of(study)
    origin = study.image.sha256, b"".join(channel.microvolts.tobytes() for channel in channels)
    notes = [{"text": text} for text in origin_remarks(study)]
    device = {
        "resourceType": "Device",
        "deviceName": [{"name": f"ecgviz {__version__}", "type": "model-name"}],
        "note": [{"text": f"{derivation(study)}."}],
    }
    at = {"Device": _urn("device", __version__, derivation(study))}
    signals = {**_observation(_code("EKG study", _LOINC, "11524-6"), at["Device"]), "note": notes}
    signals["component"] = [_lead(channel) for channel in channels]
    observations = [signals, *(_measured(one, at["Device"]) for one in measured_values(study))]
    urns = [_urn(*origin, f"observation {number}") for number in range(len(observations))]
    report = {
        "resourceType": "DiagnosticReport",
        "identifier": [{"value": name_of(study.image.sha256)}],
        "status": "preliminary",
        "code": _code("EKG study", _LOINC, "11524-6"),
        "result": [{"reference": urn} for urn in urns],
        "conclusion": notes[0]["text"],
        "presentedForm": [
            {"contentType": "application/pdf", "data": b64encode(pdf).decode("ascii"), "title": "ECG report"}
        ],
    }
    entries = [(_urn(*origin, "report"), report), (at["Device"], device), *zip(urns, observations, strict=True)]
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"fullUrl": urn, "resource": resource} for urn, resource in entries],
    }
    return (json.dumps(bundle, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")


def _observation(code: Resource, device: str) -> Resource:
    return {"resourceType": "Observation", "status": "preliminary", "code": code, "device": {"reference": device}}


def _measured(measured: MeasuredValue, device: str) -> Resource:
    kind = measured.kind
    quantity = {"value": measured.value, "unit": kind.unit, "system": _UCUM, "code": kind.unit}
    made = _observation(_code(kind.name, _LOINC, kind.loinc), device)
    return {**made, "valueQuantity": quantity, "note": [{"text": f"Rests on {measured.rests_on}."}]}


def _lead(channel: Channel) -> Resource:
    """Return a lead as sampled data in microvolts."""
    data = [_GAP if one == MISSING_UV else str(one) for one in channel.microvolts.tolist()]
    return {
        "code": _code(f"Lead {channel.label}", _MDC, str(_POTENTIAL + MDC_LEADS[channel.id.lead])),
        "valueSampledData": {
            "origin": {"value": 0, "unit": "uV", "system": _UCUM, "code": "uV"},
            "period": 1000 / RATE_HZ,
            "dimensions": 1,
            "data": " ".join(data),
        },
    }


def _code(text: str, system: str, code: str) -> Resource:
    return {"coding": [{"system": system, "code": code}], "text": text}


def _urn(*parts: str | bytes) -> str:
    return f"urn:uuid:{uuid_of(*parts)}"
