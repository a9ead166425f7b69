"""Every format of signals is read to the samples that another implementation wrote, within its resolution."""

import numpy as np
import pytest

from ecgviz.records.opening import record_in
from ecgviz.records.recognition import seems_a_record
from preprocessing.errors import EcgImageError
from preprocessing.lead_id import LEADS
from preprocessing.traces import RATE_HZ
from tests import signal_files as files

FORMATS = {
    "WFDB": (files.wfdb_zip, 0.001),
    "CSV": (files.csv_file, 0.0001),
    "EDF": (files.edf_file, 0.0004),
    "DICOM ECG": (files.dicom_waveform, 0.0013),
    "HL7 aECG": (files.aecg_file, 0.0013),
}


def refusal(data):
    with pytest.raises(EcgImageError) as caught:
        record_in(data)
    return caught.value


def at_page_rate(mv, rate_hz):
    at_s = np.arange(round(10 * RATE_HZ)) / RATE_HZ
    return [np.interp(at_s, np.arange(row.size) / rate_hz, row, right=np.nan) for row in mv]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("rate_hz", [250, 500, 1000])
def test_the_samples_are_those_that_were_written(name, rate_hz):
    write, resolution_mv = FORMATS[name]
    mv = files.recording(rate_hz)
    record = record_in(write(mv, rate_hz))
    assert (record.file_format, record.rate_hz) == (name, pytest.approx(rate_hz))
    assert tuple(record.leads) == LEADS
    for found, wanted in zip(record.leads.values(), at_page_rate(mv, rate_hz), strict=True):
        known = np.isfinite(found)
        assert known.mean() > 0.999
        assert np.abs(found - wanted[: found.size])[known].max() <= resolution_mv
    assert record.notices == ()


@pytest.mark.parametrize("name", FORMATS)
def test_of_a_long_record_the_first_ten_seconds_are_read(name):
    write, resolution_mv = FORMATS[name]
    mv = files.recording(250, seconds=31)
    record = record_in(write(mv, 250))
    assert record.duration_s == 10
    assert np.nanmax(np.abs(record.leads["II"] - at_page_rate(mv, 250)[1])) <= resolution_mv
    [notice] = record.notices
    assert notice.code == "first_seconds"
    assert name == "CSV" or "31.0 s" in notice.message


@pytest.mark.parametrize("name", FORMATS)
def test_a_record_of_few_seconds_or_of_other_leads_is_refused(name):
    write, _ = FORMATS[name]
    assert refusal(write(files.recording(seconds=3))).code == "record_too_short"
    if name != "CSV":
        assert refusal(write(files.recording()[:7])).code == "not_12_lead"


@pytest.mark.parametrize("kind", ["16", "24", "32", "80", "212"])
def test_each_format_of_wfdb_samples_equals_the_packages_own_reading(kind):
    # A gain that uses the whole range: eight bits are coarse.
    mv = files.recording()
    coarse = {"80": 0.1}.get(kind, 0.003)
    record = record_in(files.wfdb_zip(mv, kind=kind))
    for found, row in zip(record.leads.values(), mv, strict=True):
        assert np.nanmax(np.abs(found - row)) <= coarse


def test_missing_samples_stay_missing():
    mv = files.recording()
    mv[3, 1000:1500] = np.nan
    gaps = np.isnan(mv[3])
    assert np.isnan(record_in(files.wfdb_zip(mv)).leads["aVR"])[gaps].all()
    padded = np.where(np.isnan(mv), -32768 / 400, mv)
    record = record_in(files.dicom_waveform(padded, WaveformPaddingValue=np.array(-32768, "<i2").tobytes()))
    assert np.isnan(record.leads["aVR"])[gaps].all()
    assert np.isfinite(record.leads["aVL"]).all()


def test_units_and_codes_of_other_writers_are_understood():
    mv = files.recording()
    for data in (
        files.edf_file(mv, dimension="uV"),
        files.dicom_waveform(mv, scheme="MDC", unit="mV"),
        files.aecg_file(mv, scale_uv=4.88),
    ):
        assert np.abs(record_in(data).leads["V3"] - mv[8]).max() < 0.0025


def test_a_wfdb_record_of_several_files_with_offsets_is_read():
    # As the challenges of PhysioNet store it: a matrix of MATLAB, whose header takes 24 bytes.
    mv = files.recording()
    raw = np.rint(mv * 1000).astype("<i2")
    head = ["a 12 500 5000"] + [f"a.mat 16+24 1000/mV 16 0 0 0 0 {lead}" for lead in LEADS]
    record = record_in(files.zipped({"x/a.hea": "\n".join(head).encode(), "x/a.mat": bytes(24) + raw.T.tobytes()}))
    assert np.abs(record.leads["aVF"] - mv[5]).max() < 1e-6
    two = ["b 12 500 5000"] + [
        f"{'limb' if number < 6 else 'chest'}.dat 16 1000(100)/mV 16 0 0 0 0 {lead}"
        for number, lead in enumerate(LEADS)
    ]
    shifted = raw + np.int16(100)
    content = {"limb.dat": shifted[:6].T.tobytes(), "chest.dat": shifted[6:].T.tobytes()}
    record = record_in(files.zipped({"b.hea": "\n".join(two).encode(), **content}))
    assert np.abs(record.leads["V6"] - mv[11]).max() < 1e-6


def test_what_cannot_be_read_is_refused_by_name():
    mv = files.recording()
    packed = files.wfdb_files(mv)
    assert "archive lacks a file" in refusal(files.zipped({"r1.hea": packed["r1.hea"]})).message
    assert "without its samples" in refusal(packed["r1.hea"]).message
    several = packed["r1.hea"].replace(b"r1 12", b"r1/3 12")
    assert "several segments" in refusal(files.zipped({**packed, "r1.hea": several})).message
    rare = packed["r1.hea"].replace(b"r1.dat 16", b"r1.dat 310")
    assert "format 310" in refusal(files.zipped({**packed, "r1.hea": rare})).message
    broken = bytearray(files.edf_file(mv))
    broken[192:197] = b"EDF+D"
    assert "EDF+D" in refusal(bytes(broken)).message
    assert "12 samples a second" in refusal(files.csv_file(mv[:, :200], 12)).message
    assert "samples of the kind" in refusal(files.dicom_waveform(mv, WaveformSampleInterpretation="MB")).message


def test_the_first_of_several_records_is_read_with_a_notice():
    mv = files.recording()
    both = files.wfdb_files(mv, name="a") | files.wfdb_files(-mv, name="b")
    record = record_in(files.zipped(both))
    assert [notice.code for notice in record.notices] == ["first_record"]
    assert np.abs(record.leads["I"] - mv[0]).max() < 0.001


def test_declared_lengths_and_counts_are_checked_first():
    mv = files.recording()
    for write in (files.edf_file, files.dicom_waveform, files.aecg_file):
        data = write(mv)
        assert refusal(data[: len(data) // 2]).code == "damaged_file"
    cut = files.wfdb_files(mv)
    assert refusal(files.zipped({**cut, "r1.dat": cut["r1.dat"][:50_000]})).code == "damaged_file"
    assert refusal(files.dicom_waveform(mv, NumberOfWaveformSamples=2**31)).code == "damaged_file"
    assert refusal(files.aecg_file(mv, extra="<!-- -->") + b"<a/>" * 250_000).code == "too_complex"
    bomb = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]>'
    assert refusal(files.aecg_file(mv, extra=bomb)).code == "damaged_file"


def test_what_is_no_signal_is_left_to_the_reader_of_images():
    for data in (
        b"\x89PNG",
        b"%PDF-1.4",
        b"<html>AnnotatedE",
        b"a,b\n1,2\n",
        files.zipped({"a.png": b""}),
        b"PK\x03\x04",
    ):
        assert record_in(data) is None
        assert not seems_a_record(data)
