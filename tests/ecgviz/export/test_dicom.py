"""DICOM objects are read back by pydicom: the traces, their gaps, the measurements, the report, and no patient."""

import io
from dataclasses import replace

import numpy as np
import pydicom
import pytest
from pydicom.uid import EncapsulatedPDFStorage, GeneralECGWaveformStorage, TwelveLeadECGWaveformStorage

from ecgviz.export import dicom_report
from ecgviz.export.dicom_ecg import dicom_ecg
from preprocessing.lead_id import LEADS
from tests.exchange import expected, gapped_study, same
from tests.studies import study_of

PDF = b"%PDF-1.4 nothing"


def read(content):
    return pydicom.dcmread(io.BytesIO(content))


def millivolts(made, channel):
    group = made.WaveformSequence[0]
    raw = made.waveform_array(0)[:, channel]
    return np.where(raw == int.from_bytes(group.WaveformPaddingValue, "little", signed=True), np.nan, raw / 1000)


@pytest.fixture(scope="module")
def study():
    return gapped_study()


@pytest.fixture(scope="module")
def made(study):
    return read(dicom_ecg(study))


def test_thirteen_channels_equal_the_traces_with_gaps_as_padding(made, study):
    group = made.WaveformSequence[0]
    assert made.SOPClassUID == TwelveLeadECGWaveformStorage
    assert (group.NumberOfWaveformChannels, group.WaveformBitsAllocated, group.SamplingFrequency) == (13, 16, 500)
    labels = [channel.ChannelLabel for channel in group.ChannelDefinitionSequence]
    assert labels == [*LEADS, "II rhythm"]
    assert all(
        channel.ChannelSensitivityUnitsSequence[0].CodeValue == "uV" for channel in group.ChannelDefinitionSequence
    )
    for number, key in enumerate(expected(study)):
        assert same(millivolts(made, number), study, key), key


def test_leads_are_coded_and_the_origin_is_stated(made):
    group = made.WaveformSequence[0]
    sources = [channel.ChannelSourceSequence[0] for channel in group.ChannelDefinitionSequence]
    assert [source.CodeValue for source in sources][:4] == ["2:1", "2:2", "2:61", "2:62"]
    assert group.WaveformOriginality == "DERIVED"
    texts = [note.UnformattedTextValue for note in made.WaveformAnnotationSequence if "UnformattedTextValue" in note]
    assert "image of a printed ECG" in texts[0]
    assert texts[1].startswith("sha256")


def test_a_record_that_was_drawn_is_not_called_an_image():
    study = study_of("edan_normal")
    drawn = read(dicom_ecg(replace(study, record=object())))
    assert drawn.SeriesDescription == "Read back from a page that was drawn from signals"
    assert read(dicom_ecg(study)).SeriesDescription == "Digitised from an image of a printed ECG"


def test_measurements_are_annotations_with_codes_and_units(made, study):
    values = {
        note.ConceptNameCodeSequence[0].CodeMeaning: (
            float(note.NumericValue),
            note.MeasurementUnitsCodeSequence[0].CodeValue,
        )
        for note in made.WaveformAnnotationSequence
        if "NumericValue" in note
    }
    found = study.measurements
    assert values["Heart rate"] == (round(found.heart_rate_bpm.value), "/min")
    assert values["QRS duration"] == (round(found.qrs_ms.value), "ms")
    assert values["QRS axis"] == (round(found.axis_deg.value), "deg")
    assert all(max(note.ReferencedWaveformChannels) == 13 for note in made.WaveformAnnotationSequence)


def test_no_patient_no_date_and_a_preamble_of_zeros(study):
    content = dicom_ecg(study)
    made = read(content)
    assert content[:132] == bytes(128) + b"DICM"
    assert b"Mustermann" not in content
    assert (str(made.PatientName), made.PatientBirthDate, made.StudyDate) == ("", "", "")
    assert (made.PatientIdentityRemoved, made.LongitudinalTemporalInformationModified) == ("YES", "REMOVED")


def test_identifiers_come_from_the_content_alone(study):
    first, again, other = dicom_ecg(study), dicom_ecg(study), read(dicom_ecg(study_of("edan_normal")))
    assert first == again
    made = read(first)
    assert all(len(uid) <= 64 and uid.is_valid for uid in (made.SOPInstanceUID, made.StudyInstanceUID))
    # The same file read in another way: another instance of the same study.
    assert made.StudyInstanceUID == other.StudyInstanceUID
    assert made.SOPInstanceUID != other.SOPInstanceUID


def test_more_than_thirteen_channels_or_half_a_minute_go_into_the_general_object():
    strips = read(dicom_ecg(study_of("normal_50mm")))
    assert strips.SOPClassUID == GeneralECGWaveformStorage
    assert strips.WaveformSequence[0].NumberOfWaveformChannels == 15
    study = study_of("edan_normal")
    long = tuple(replace(trace, mv=np.zeros(17000, np.float32)) for trace in study.traces)
    assert read(dicom_ecg(replace(study, traces=long))).SOPClassUID == GeneralECGWaveformStorage


def test_cabreras_lead_has_its_own_code():
    study = study_of("rbbb_cabrera")
    made = read(dicom_ecg(study))
    channels = made.WaveformSequence[0].ChannelDefinitionSequence
    labels = [channel.ChannelLabel for channel in channels]
    assert channels[labels.index("-aVR")].ChannelSourceSequence[0].CodeValue == "2:65"
    assert same(millivolts(made, labels.index("-aVR")), study, "-aVR")


@pytest.mark.parametrize("pdf", [PDF, PDF + b"\n"])
def test_the_report_is_an_object_of_the_same_study(made, study, pdf):
    report = read(dicom_report(study, pdf))
    assert report.SOPClassUID == EncapsulatedPDFStorage
    assert report.StudyInstanceUID == made.StudyInstanceUID
    assert report.SeriesInstanceUID != made.SeriesInstanceUID
    assert report.EncapsulatedDocument[: report.EncapsulatedDocumentLength] == pdf
    assert report.MIMETypeOfEncapsulatedDocument == "application/pdf"
    # What its image shows between the traces is not known.
    assert report.BurnedInAnnotation == "YES"
    assert "PatientIdentityRemoved" not in report
