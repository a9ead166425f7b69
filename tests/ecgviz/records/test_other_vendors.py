"""Other vendors' files are read through an optional package; without it, the refusal says what to install."""

import sys
from base64 import b64encode

import numpy as np
import pytest

from ecgviz.records.opening import record_in
from ecgviz.records.recognition import seems_a_record
from preprocessing.errors import EcgImageError
from tests.signal_files import recording

_INDEPENDENT = ("I", "II", "V1", "V2", "V3", "V4", "V5", "V6")
_SCP = bytes(16) + b"SCPECG" + bytes(40)


def muse_file(mv, rate_hz=500):
    """Return a MUSE XML of eight leads at 4.88 microvolts a unit."""
    leads = "".join(
        f"<LeadData><LeadByteCountTotal>{2 * mv.shape[1]}</LeadByteCountTotal><LeadSampleCountTotal>{mv.shape[1]}"
        "</LeadSampleCountTotal><LeadAmplitudeUnitsPerBit>4.88</LeadAmplitudeUnitsPerBit><LeadAmplitudeUnits>MICROVOLTS"
        f"</LeadAmplitudeUnits><LeadID>{lead}</LeadID><WaveFormData>"
        f"{b64encode(np.rint(row / 0.00488).astype('<i2').tobytes()).decode()}</WaveFormData></LeadData>"
        for lead, row in zip(_INDEPENDENT, mv[[0, 1, 6, 7, 8, 9, 10, 11]], strict=True)
    )
    return (
        '<?xml version="1.0" encoding="ISO-8859-1"?><RestingECG><Waveform><WaveformType>Rhythm</WaveformType>'
        f"<NumberofLeads>8</NumberofLeads><SampleBase>{rate_hz}</SampleBase><SampleExponent>0</SampleExponent>{leads}"
        "</Waveform></RestingECG>"
    ).encode("latin-1")


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"<RestingECG>", "MUSE XML"), (b"<?xml version='1.0'?><restingecgdata>", "Philips XML"), (_SCP, "SCP-ECG")],
)
def test_without_the_package_the_refusal_names_it(monkeypatch, data, name):
    monkeypatch.setitem(sys.modules, "ecgdatakit", None)
    assert seems_a_record(data)
    with pytest.raises(EcgImageError) as caught:
        record_in(data)
    assert caught.value.code == "unsupported_format"
    assert f"This file is {name}" in caught.value.message
    assert "pip install ecgdatakit" in caught.value.message


def test_with_the_package_samples_are_those_of_the_file():
    pytest.importorskip("ecgdatakit", reason="the optional ecgdatakit is not installed")
    mv = recording()
    record = record_in(muse_file(mv))
    assert record.file_format == "MUSE XML"
    for lead, row in zip(record.leads.values(), mv, strict=True):
        assert np.nanmax(np.abs(lead - row)) < 0.01


@pytest.mark.parametrize("data", [b"<RestingECG>", b"<restingecgdata/>", _SCP])
def test_with_the_package_damaged_files_are_refused(data):
    pytest.importorskip("ecgdatakit", reason="the optional ecgdatakit is not installed")
    with pytest.raises(EcgImageError) as caught:
        record_in(data)
    assert caught.value.code in {"damaged_file", "not_12_lead"}
