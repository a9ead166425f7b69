"""Signals from a DICOM ECG waveform: the first group that holds leads."""

from __future__ import annotations

import numpy as np
from pydicom.dataset import Dataset, FileDataset

from ecgviz.records.config import RECORDS
from ecgviz.records.lead_names import lead_of, lead_of_code
from ecgviz.records.record import LeadBuffer, Record, checked_rate, damaged_record
from preprocessing.errors import EcgImageError
from preprocessing.lead_id import LeadId
from preprocessing.picture import dicom_header

FORMAT = "DICOM ECG"
_MILLIVOLTS = {"uV": 1e-3, "mV": 1.0, "V": 1e3, "nV": 1e-6}
_TYPES = {("SB", 8): "i1", ("UB", 8): "u1", ("SS", 16): "i2", ("US", 16): "u2", ("SL", 32): "i4", ("UL", 32): "u4"}


def record_of_dicom(data: bytes) -> Record | None:
    """Read a DICOM object's signals; None for an object without any, such as a picture."""
    head = dicom_header(data)
    # Values are parsed when they are first used, and the parser raises whatever it likes over damaged ones.
    try:
        groups = list(head.get("WaveformSequence") or [])
        return _record(head, groups) if groups else None
    except EcgImageError:
        raise
    except Exception as error:
        raise damaged_record(FORMAT) from error


def _record(head: FileDataset, groups: list[Dataset]) -> Record:
    order = "<" if head.original_encoding[1] else ">"
    buffer = LeadBuffer(FORMAT)
    for group in groups:
        # Averaged beats come as groups of their own, after the recording.
        if any(_lead(channel) for channel in group.ChannelDefinitionSequence):
            _add(buffer, group, order)
            break
    return buffer.record()


def _add(buffer: LeadBuffer, group: Dataset, order: str) -> None:
    channels, samples = int(group.NumberOfWaveformChannels), int(group.NumberOfWaveformSamples)
    rate_hz = checked_rate(float(group.SamplingFrequency), FORMAT)
    kind = str(group.WaveformSampleInterpretation), int(group.WaveformBitsAllocated)
    if kind not in _TYPES:
        raise EcgImageError(
            "unsupported_format",
            f"This DICOM object has samples of the kind {kind[0]} in {kind[1]} bits, which is not read.",
        )
    stored, dtype = bytes(group.WaveformData), np.dtype(order + _TYPES[kind])
    defined = list(group.ChannelDefinitionSequence)
    if not 1 <= channels <= RECORDS.most_signals or len(defined) != channels or samples < 1:
        raise damaged_record(FORMAT)
    if channels * samples * dtype.itemsize > len(stored):
        raise damaged_record(FORMAT)
    needed = min(samples, buffer.samples_at(rate_hz))
    raw = np.frombuffer(stored, dtype, needed * channels).reshape(needed, channels)
    padding = group.get("WaveformPaddingValue")
    gap = np.frombuffer(bytes(padding), dtype, 1)[0] if padding else None
    for number, channel in enumerate(defined):
        lead = _lead(channel)
        if lead is not None:
            mv = _offset_and_scale(channel, raw[:, number].astype(np.float64))
            mv = mv if gap is None else np.where(raw[:, number] == gap, np.nan, mv)
            buffer.add(lead, mv, rate_hz, whole_s=samples / rate_hz)


def _offset_and_scale(channel: Dataset, raw: np.ndarray) -> np.ndarray:
    unit = _MILLIVOLTS[str(channel.ChannelSensitivityUnitsSequence[0].CodeValue)]
    factor = float(channel.ChannelSensitivity) * float(channel.get("ChannelSensitivityCorrectionFactor") or 1)
    return (raw * factor + float(channel.get("ChannelBaseline") or 0)) * unit


def _lead(channel: Dataset) -> LeadId | None:
    """Return a channel's lead by its code, its meaning or its label."""
    source = channel.ChannelSourceSequence[0]
    label = lead_of(str(channel.get("ChannelLabel") or ""))
    coded = lead_of_code(str(source.get("CodingSchemeDesignator", "")), str(source.get("CodeValue", "")))
    if coded is None:
        return lead_of(str(source.get("CodeMeaning", ""))) or label
    return label if label is not None and label.lead == coded.lead else coded
