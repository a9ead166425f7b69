"""The EDF+ file, read by EDFlib: the traces, their gaps as annotations, no patient."""

import numpy as np
import pyedflib
import pytest

from ecgviz.export.edf_record import edf_record
from ecgviz.study import MISSING_UV
from preprocessing.lead_id import LEADS
from tests.exchange import expected, gapped_study, same
from tests.studies import study_of


def opened(folder, study):
    path = folder / "ecg.edf"
    path.write_bytes(edf_record(study))
    return pyedflib.EdfReader(str(path))


@pytest.fixture(scope="module")
def study():
    return gapped_study()


@pytest.fixture
def record(tmp_path, study):
    with opened(tmp_path, study) as reader:
        yield reader


def millivolts(record, number):
    microvolts = record.readSignal(number)
    return np.where(microvolts == MISSING_UV, np.nan, microvolts / 1000)


def test_every_signal_equals_its_trace(record, study):
    assert record.getSignalLabels() == [f"ECG {lead}" for lead in [*LEADS, "II rhythm"]]
    assert {record.getPhysicalDimension(number) for number in range(13)} == {"uV"}
    assert set(record.getSampleFrequencies()) == {500}
    for number, key in enumerate(expected(study)):
        assert same(millivolts(record, number), study, key), key


def test_gaps_measurements_and_origin_are_annotations(record, study):
    onsets, durations, texts = record.readAnnotations()
    gaps = {text: (onset, float(duration)) for onset, duration, text in zip(onsets, durations, texts, strict=True)}
    assert "image of a printed ECG" in texts[0]
    assert f"Heart rate: {round(study.measurements.heart_rate_bpm.value)} /min" in texts
    # Nothing of III was read.
    assert gaps["Nothing printed or read@@ECG III"] == (0, 10)


def test_no_patient_and_no_date(record, study):
    header = record.getHeader()
    assert (header["patientname"], header["birthdate"], header["equipment"]) == ("X", "", "ecgviz")
    assert b"Mustermann" not in edf_record(study)
    assert edf_record(study) == edf_record(study)


def test_a_page_of_broken_seconds_is_filled_up_with_gaps(tmp_path):
    study = study_of("normal_50mm")
    samples = expected(study)["II_rhythm"].size
    with opened(tmp_path, study) as record:
        assert record.getNSamples()[0] == -(-samples // 500) * 500
        assert np.isnan(millivolts(record, 12)[samples:]).all()
        assert same(millivolts(record, 12), study, "II_rhythm")
