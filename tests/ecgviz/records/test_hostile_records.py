"""Mutated files of every format of signals are read or refused; nothing else comes out."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecgviz.records.opening import opened, record_in
from preprocessing.errors import EcgImageError
from tests import signal_files as files

# Beyond these, samples follow samples.
HEADERS = {"csv": 300, "edf": 3700, "dicom": 1200, "aecg": 700, "hea": 900}
CODES = {
    None,
    "damaged_file",
    "unsupported_format",
    "not_12_lead",
    "record_too_short",
    "not_an_ecg",
    "too_large",
    "too_complex",
    "too_small",
}


@cache
def seed(kind):
    mv = files.recording(100, 10)
    writers = {"csv": files.csv_file, "edf": files.edf_file, "dicom": files.dicom_waveform, "aecg": files.aecg_file}
    return files.wfdb_files(mv, 100)["r1.hea"] if kind == "hea" else writers[kind](mv, 100)


def code_of(data):
    """Return the code of a refusal, or None for what is read."""
    try:
        record_in(data)
    except EcgImageError as error:
        return error.code
    return None


@pytest.mark.parametrize("kind", HEADERS)
@settings(max_examples=80)
@given(data=st.data())
def test_mutated_files_are_read_or_refused(kind, data):
    mutated = bytearray(seed(kind))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, min(HEADERS[kind], len(mutated)) - 1))
        how = data.draw(st.sampled_from(["set", "digit", "cut", "double"]))
        if how == "set":
            mutated[at] = data.draw(st.integers(0, 255))
        elif how == "digit":
            mutated[at] = ord(data.draw(st.sampled_from('0123456789-.eE ()/+x<>"')))
        elif how == "cut":
            del mutated[at : at + data.draw(st.integers(1, 40))]
        else:
            mutated[at:at] = mutated[at : at + data.draw(st.integers(1, 40))]
    content = bytes(mutated)
    if kind == "hea":
        content = files.zipped({"r1.hea": content, "r1.dat": files.wfdb_files(files.recording(100, 10), 100)["r1.dat"]})
    assert code_of(content) in CODES


@settings(max_examples=60)
@given(st.sampled_from(["csv", "edf", "dicom", "aecg"]), st.integers(0, 10_000), st.integers(0, 255))
def test_files_that_end_early_or_go_on_are_read_or_refused(kind, cut, filler):
    whole = seed(kind)
    assert code_of(whole[: max(1, len(whole) - cut * 7)]) in CODES
    assert code_of(whole + bytes([filler]) * (cut % 999)) in CODES


@pytest.mark.parametrize(
    "data",
    [
        b"0       " + b"9" * 300,
        b"0       " + b" " * 176 + b"256     " + b" " * 44 + b"1       1       0   ",
        b"time_s,\n",
        b"time_s,I\n0,nan\n0.002,inf\n" + b"0.004,1e999\n" * 3,
        b"time_s,I\n" + b"0.000,1\n" * 10,
        b"<AnnotatedECG/>",
        b"<AnnotatedECG xmlns='urn:hl7-org:v3'><component><series/></component></AnnotatedECG>",
        b"<?xml version='1.0' encoding='none'?><AnnotatedECG/>",
        files.zipped({"a.hea": b""}),
        files.zipped({"a.hea": b"a 1 500 9\n../../b.dat 16 0 0 0 0 0 0 I\n"}),
        files.zipped({"a.hea": b"a 99999999999 500\n"}),
        files.zipped({"a.hea": b"a 1 1e400 9\na.dat 16 0 0 0 0 0 0 I\n", "a.dat": b"12"}),
        b"PK\x03\x04.hea",
    ],
)
def test_small_files_made_to_hurt_are_refused(data):
    with pytest.raises(EcgImageError):
        opened(data)
