"""Export of the signals as a DICOM ECG waveform: microvolts in 16 bits, measurements as annotations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from pydicom.dataset import Dataset
from pydicom.uid import GeneralECGWaveformStorage, TwelveLeadECGWaveformStorage

from ecgviz.export.channels import Channel, channels_of
from ecgviz.export.dicom_object import coded, dicom_object, file_of
from ecgviz.export.measured_values import MeasuredValue, measured_values
from ecgviz.export.origin import origin_remarks
from ecgviz.records import MDC_LEADS
from ecgviz.study import MISSING_UV, Study
from preprocessing.traces import RATE_HZ

# More channels or samples than the 12-lead object may hold (DICOM PS3.3 A.34.3) go into the general one.
MOST_CHANNELS, MOST_SAMPLES = 13, 16384
_UNITS = {"/min": "per minute", "ms": "millisecond", "deg": "degree", "uV": "microvolt"}
# DICOM's longest text of an annotation.
_LONGEST_TEXT = 1024


def dicom_ecg(study: Study) -> bytes:
    """Write the signals of a study as one multiplex group, strips after the twelve leads."""
    channels = channels_of(study)
    fits = len(channels) <= MOST_CHANNELS and channels[0].microvolts.size <= MOST_SAMPLES
    samples = np.stack([channel.microvolts for channel in channels], axis=1).astype("<i2").tobytes()
    made = dicom_object(study, TwelveLeadECGWaveformStorage if fits else GeneralECGWaveformStorage, "ECG", samples)
    made.PatientIdentityRemoved = "YES"
    made.DeidentificationMethod = "Written from the traces alone; no print was read"
    made.AcquisitionContextSequence = []
    made.WaveformSequence = [_group(channels, samples)]
    notes = [_note(text[:_LONGEST_TEXT], len(channels)) for text in origin_remarks(study)]
    made.WaveformAnnotationSequence = notes + [_annotation(one, len(channels)) for one in measured_values(study)]
    return file_of(made)


def _group(channels: Sequence[Channel], samples: bytes) -> Dataset:
    group = Dataset()
    group.MultiplexGroupTimeOffset = 0
    # Read from paper: the samples are not those of the recorder.
    group.WaveformOriginality = "DERIVED"
    group.MultiplexGroupLabel = "RHYTHM"
    group.NumberOfWaveformChannels = len(channels)
    group.NumberOfWaveformSamples = channels[0].microvolts.size
    group.SamplingFrequency = RATE_HZ
    group.ChannelDefinitionSequence = [_channel(number, channel) for number, channel in enumerate(channels, start=1)]
    group.WaveformBitsAllocated, group.WaveformSampleInterpretation = 16, "SS"
    group.WaveformPaddingValue = np.array(MISSING_UV, "<i2").tobytes()
    group.WaveformData = samples
    group["WaveformPaddingValue"].VR = group["WaveformData"].VR = "OW"
    return group


def _channel(number: int, channel: Channel) -> Dataset:
    defined = Dataset()
    defined.WaveformChannelNumber = number
    defined.ChannelLabel = channel.label
    lead = channel.id.lead
    defined.ChannelSourceSequence = [coded(f"2:{MDC_LEADS[lead]}", "MDC", f"Lead {lead}")]
    defined.ChannelSensitivity, defined.ChannelSensitivityCorrectionFactor = 1, 1
    defined.ChannelSensitivityUnitsSequence = [_unit("uV")]
    defined.ChannelBaseline = defined.ChannelSampleSkew = 0
    defined.WaveformBitsStored = 16
    return defined


def _note(text: str, channels: int) -> Dataset:
    note = _referring(channels)
    note.UnformattedTextValue = text
    return note


def _annotation(measured: MeasuredValue, channels: int) -> Dataset:
    kind = measured.kind
    annotation = _referring(channels)
    concept = (kind.mdc, "MDC") if kind.mdc else (kind.loinc, "LN")
    annotation.ConceptNameCodeSequence = [coded(*concept, kind.name)]
    annotation.NumericValue = measured.value
    annotation.MeasurementUnitsCodeSequence = [_unit(kind.unit)]
    return annotation


def _referring(channels: int) -> Dataset:
    """Return an empty annotation of all channels: pairs of group and channel."""
    annotation = Dataset()
    annotation.AnnotationGroupNumber = 1
    annotation.ReferencedWaveformChannels = [one for channel in range(1, channels + 1) for one in (1, channel)]
    return annotation


def _unit(unit: str) -> Dataset:
    return coded(unit, "UCUM", _UNITS[unit])
