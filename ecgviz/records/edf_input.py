"""Signals from EDF and EDF+."""

from __future__ import annotations

import math

import numpy as np
from edfio import EdfSignal, read_edf

from ecgviz.records.config import RECORDS
from ecgviz.records.lead_names import lead_of
from ecgviz.records.record import LeadBuffer, Record, damaged_record
from preprocessing.errors import EcgImageError

FORMAT = "EDF"
_HEADER = 256
_MILLIVOLTS = {"uv": 1e-3, "\N{MICRO SIGN}v": 1e-3, "mv": 1.0, "v": 1e3, "nv": 1e-6}
# What our own files call themselves: in them, the lowest value marks a gap.
_OURS = " ecgviz "


def record_of_edf(data: bytes) -> Record:
    """Read an EDF file's leads."""
    seconds = _check_header(data)
    # The parser raises whatever it likes over damaged headers: everything is caught around its calls.
    try:
        file = read_edf(data, header_encoding="latin-1")
        ours = _OURS in file.local_recording_identification
        signals = [(signal, signal.label, signal.physical_dimension) for signal in file.signals]
    except Exception as error:
        raise damaged_record(FORMAT) from error
    buffer = LeadBuffer(FORMAT)
    for signal, label, dimension in signals:
        lead, unit_mv = lead_of(label), _MILLIVOLTS.get(dimension.strip().lower())
        if lead is not None and unit_mv is not None:
            mv, rate_hz = _millivolts(signal, unit_mv, ours)
            buffer.add(lead, mv, rate_hz, whole_s=seconds)
    return buffer.record()


def _check_header(data: bytes) -> float:
    """Check what the header declares against the file's size; return its duration, s."""
    try:
        records, duration_s = int(data[236:244]), float(data[244:252])
        signals = int(data[252:256])
        start = _HEADER * (signals + 1)
        if not 1 <= signals <= RECORDS.most_signals or int(data[184:192]) != start or len(data) < start:
            raise damaged_record(FORMAT)
        at = _HEADER + 216 * signals
        samples = [int(data[at + 8 * number : at + 8 * number + 8]) for number in range(signals)]
    except ValueError as error:
        raise damaged_record(FORMAT) from error
    if min(samples) < 0 or records < 1 or not 0 < duration_s < math.inf:
        raise damaged_record(FORMAT)
    if start + 2 * records * sum(samples) > len(data):
        raise damaged_record(FORMAT)
    if data[192:197] == b"EDF+D":
        raise EcgImageError(
            "unsupported_format",
            "This EDF+ file has interruptions (EDF+D), which are not read. Export one stretch of it as EDF+C.",
        )
    return records * duration_s


def _millivolts(signal: EdfSignal, unit_mv: float, ours: bool) -> tuple[np.ndarray, float]:
    try:
        rate_hz = float(signal.sampling_frequency)
        stop_s = min(LeadBuffer.samples_at(rate_hz), signal.digital.size) / rate_hz
        digital = signal.get_digital_slice(0, stop_s)
        low, high = signal.digital_min, signal.digital_max
        scale = (signal.physical_max - signal.physical_min) / (high - low)
        mv = (signal.physical_min + (digital.astype(np.float64) - low) * scale) * unit_mv
        return np.where(digital == low, np.nan, mv) if ours else mv, rate_hz
    except Exception as error:
        raise damaged_record(FORMAT) from error
