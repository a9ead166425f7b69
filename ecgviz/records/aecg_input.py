"""Signals from HL7 aECG: the rhythm series, each sequence set at its time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from xml.etree.ElementTree import Element

import numpy as np
from defusedxml.ElementTree import fromstring

from ecgviz.records.config import RECORDS
from ecgviz.records.lead_names import lead_of
from ecgviz.records.record import LeadBuffer, Record, checked_rate, damaged_record
from preprocessing.errors import EcgImageError

FORMAT = "HL7 aECG"
_SECONDS = {"s": 1.0, "ms": 1e-3, "us": 1e-6}
_MILLIVOLTS = {"uV": 1e-3, "mV": 1.0, "V": 1e3, "nV": 1e-6}
_TIME = re.compile(r"(\d{14})(\.\d+)?")


def record_of_aecg(data: bytes) -> Record:
    """Read an annotated ECG."""
    if data.count(b"<") > RECORDS.most_tags:
        raise EcgImageError("too_complex", "This HL7 aECG file has more elements than any ECG. Export it again.")
    # The parser raises whatever it likes over damaged or hostile XML: everything is caught around its call.
    try:
        root = fromstring(data, forbid_dtd=True)
    except Exception as error:
        raise damaged_record(FORMAT) from error
    buffer = LeadBuffer(FORMAT)
    try:
        sets = [_Set(one) for one in _rhythm(root).iterfind("{*}component/{*}sequenceSet")]
        first_s = min((one.start_s for one in sets), default=0.0)
        for one in sets:
            for name, mv, whole in one.leads():
                lead = lead_of(name)
                if lead is not None:
                    buffer.add(lead, mv, one.rate_hz, one.start_s - first_s, whole / one.rate_hz)
    except EcgImageError:
        raise
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise damaged_record(FORMAT) from error
    return buffer.record()


def _rhythm(root: Element) -> Element:
    """Return the series of the recording itself; a representative beat is another."""
    series = root.findall("{*}component/{*}series")
    if not series:
        raise damaged_record(FORMAT)
    rhythms = [one for one in series if _attribute(one.find("{*}code"), "code") == "RHYTHM"]
    return (rhythms or series)[0]


class _Set:
    """Leads on one clock."""

    def __init__(self, element: Element) -> None:
        self._values = {
            _attribute(one.find("{*}code"), "code"): one.find("{*}value")
            for one in element.iterfind("{*}component/{*}sequence")
        }
        clock = self._values.get("TIME_ABSOLUTE", self._values.get("TIME_RELATIVE"))
        if clock is None:
            raise damaged_record(FORMAT)
        head, step = clock.find("{*}head"), clock.find("{*}increment")
        step_s = float(_attribute(step, "value")) * _SECONDS[_attribute(step, "unit")]
        if not step_s > 0:
            raise damaged_record(FORMAT)
        self.rate_hz = checked_rate(1 / step_s, FORMAT)
        self.start_s = _time_s(_attribute(head, "value"), _attribute(head, "unit"))

    def leads(self) -> Iterator[tuple[str, np.ndarray, int]]:
        """Yield each lead's code, its first samples in mV, and how many it has in all."""
        most = LeadBuffer.samples_at(self.rate_hz)
        for code, value in self._values.items():
            digits = None if value is None else value.find("{*}digits")
            if value is None or digits is None:
                continue
            origin, scale = (_quantity_mv(value.find(f"{{*}}{tag}")) for tag in ("origin", "scale"))
            text = digits.text or ""
            numbers = np.array(text.split(maxsplit=most)[:most], np.float64)
            # Counted without a list of all words.
            yield code, origin + scale * numbers, numbers.size if numbers.size < most else len(text.split())


def _quantity_mv(element: Element | None) -> float:
    return float(_attribute(element, "value")) * _MILLIVOLTS[_attribute(element, "unit") or "uV"]


def _time_s(value: str, unit: str) -> float:
    """Return a time in seconds: since the recording began, or a date."""
    if unit:
        return float(value) * _SECONDS[unit]
    matched = _TIME.match(value)
    if matched is None:
        return 0.0 if not value else float(value)
    return datetime.strptime(f"{matched[1]}+0000", "%Y%m%d%H%M%S%z").timestamp() + float(matched[2] or 0)


def _attribute(element: Element | None, name: str) -> str:
    return "" if element is None else element.get(name, "")
