"""Export of the signals as HL7 aECG, the annotated ECG of clinical trials: XML in whole microvolts.

The format has no missing sample. Each stretch of time that was read is a sequence set of its own: the columns of the
page, and its strips.
"""

from __future__ import annotations

from collections import defaultdict
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ecgviz import __version__
from ecgviz.export.channels import Channel, channels_of
from ecgviz.export.measured_values import measured_values
from ecgviz.export.origin import origin_remarks, uuid_of
from ecgviz.records import AECG_LEADS
from ecgviz.study import Study
from preprocessing.traces import RATE_HZ

_HL7, _XSI = "urn:hl7-org:v3", "http://www.w3.org/2001/XMLSchema-instance"
_ACT_CODE, _MDC, _CPT = "2.16.840.1.113883.5.4", "2.16.840.1.113883.6.24", "2.16.840.1.113883.6.12"


def aecg_document(study: Study) -> bytes:
    """Write the signals and measurements of a study as one series, without a patient and without a date."""
    sha256 = study.image.sha256
    channels = channels_of(study)
    samples = b"".join(channel.microvolts.tobytes() for channel in channels)
    root = Element("AnnotatedECG", {"xmlns": _HL7, "xmlns:xsi": _XSI, "type": "Observation", "classCode": "OBS"})
    _add(root, "id", root=str(uuid_of(sha256, "aecg", samples)))
    _add(root, "code", code="93000", codeSystem=_CPT, codeSystemName="CPT-4")
    SubElement(root, "text").text = " ".join(origin_remarks(study))
    _add(root, "effectiveTime", nullFlavor="MSK")
    subject = _path(root, "componentOf timepointEvent componentOf subjectAssignment subject trialSubject")
    _add(subject, "id", nullFlavor="MSK")
    series = _path(root, "component series")
    _add(series, "id", root=str(uuid_of(sha256, "series", samples)))
    _add(series, "code", code="RHYTHM", codeSystem=_ACT_CODE)
    _add(series, "effectiveTime", nullFlavor="MSK")
    device = _path(series, "author seriesAuthor manufacturedSeriesDevice")
    SubElement(device, "manufacturerModelName").text = "ecgviz"
    SubElement(device, "softwareName").text = f"ecgviz {__version__}"
    for (first, stop), leads in _sets(channels).items():
        _add_set(series, first, stop, leads)
    annotations = _path(series, "subjectOf annotationSet")
    _add(annotations, "activityTime", nullFlavor="MSK")
    for measured in measured_values(study):
        annotation = _path(annotations, "component annotation")
        _add(annotation, "code", code=measured.kind.aecg, codeSystem=_MDC, codeSystemName="MDC")
        value, unit = str(measured.value), measured.kind.unit
        _add(annotation, "value", {"xsi:type": "PQ"}, value=value, unit="bpm" if unit == "/min" else unit)
    indent(root, " ")
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _sets(channels: list[Channel]) -> dict[tuple[int, int], list[Channel]]:
    """Return the channels by the stretch of samples that they share, the earliest first."""
    shared: dict[tuple[int, int], list[Channel]] = defaultdict(list)
    for channel in channels:
        for run in channel.runs:
            shared[run].append(channel)
    return dict(sorted(shared.items()))


def _add_set(series: Element, first: int, stop: int, channels: list[Channel]) -> None:
    """Add one stretch of time: its clock, then each lead."""
    sequences = _path(series, "component sequenceSet")
    clock = _path(sequences, "component sequence")
    _add(clock, "code", code="TIME_RELATIVE", codeSystem=_ACT_CODE)
    ticks = _add(clock, "value", {"xsi:type": "GLIST_PQ"})
    _add(ticks, "head", value=f"{first / RATE_HZ:g}", unit="s")
    _add(ticks, "increment", value=f"{1 / RATE_HZ:g}", unit="s")
    for channel in channels:
        sequence = _path(sequences, "component sequence")
        _add(sequence, "code", code=AECG_LEADS[channel.id.lead], codeSystem=_MDC, codeSystemName="MDC")
        values = _add(sequence, "value", {"xsi:type": "SLIST_PQ"})
        _add(values, "origin", value="0", unit="uV")
        _add(values, "scale", value="1", unit="uV")
        SubElement(values, "digits").text = " ".join(map(str, channel.microvolts[first:stop].tolist()))


def _path(parent: Element, tags: str) -> Element:
    """Add elements, each within the previous one, and return the innermost."""
    for tag in tags.split():
        parent = SubElement(parent, tag)
    return parent


def _add(parent: Element, tag: str, typed: dict[str, str] | None = None, **attributes: str) -> Element:
    return SubElement(parent, tag, {**(typed or {}), **attributes})
