"""Export of the signals as EDF+, the format of polysomnography and of many ECG archives: microvolts in 16 bits.

EDF has no missing sample. A gap holds the lowest digital value, which no sample has, and is listed as an annotation.
"""

from __future__ import annotations

import numpy as np
from edfio import Edf, EdfAnnotation, EdfSignal, Patient, Recording

from ecgviz.export.channels import Channel, channels_of
from ecgviz.export.measured_values import measured_values
from ecgviz.export.origin import derivation, origin_remarks
from ecgviz.study import MISSING_UV, Study
from preprocessing.traces import RATE_HZ

# The equipment of our files, by which a reader knows what the lowest value means.
EQUIPMENT = "ecgviz"
_RANGE_UV = (MISSING_UV, 32767)
# One data record a second; the last is filled up.
_RECORD_S = 1


def edf_record(study: Study) -> bytes:
    """Write the signals of a study as one continuous EDF+ file, without a patient and without a date."""
    channels = channels_of(study)
    origin = [EdfAnnotation(0, None, text) for text in origin_remarks(study)]
    measured = [
        EdfAnnotation(0, None, f"{one.kind.name}: {one.value} {one.kind.unit}") for one in measured_values(study)
    ]
    gaps = [
        EdfAnnotation(first / RATE_HZ, (stop - first) / RATE_HZ, f"Nothing printed or read@@ECG {channel.label}")
        for channel in channels
        for first, stop in channel.gaps
    ]
    recording = Recording(equipment_code=EQUIPMENT, additional=(derivation(study).replace(" ", "_"),))
    written = Edf(
        [_signal(channel) for channel in channels],
        patient=Patient(),
        recording=recording,
        data_record_duration=_RECORD_S,
        annotations=[*origin, *measured, *gaps],
    )
    return written.to_bytes()


def _signal(channel: Channel) -> EdfSignal:
    samples = channel.microvolts
    missing = np.full(-samples.size % (RATE_HZ * _RECORD_S), MISSING_UV, np.int16)
    return EdfSignal.from_digital(
        np.concatenate([samples, missing]),
        RATE_HZ,
        label=f"ECG {channel.label}",
        physical_dimension="uV",
        physical_range=_RANGE_UV,
        digital_range=_RANGE_UV,
    )
