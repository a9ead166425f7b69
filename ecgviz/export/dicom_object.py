"""What every DICOM object of ours shares: identifiers from the hash, no patient, a preamble of zeros."""

from __future__ import annotations

from io import BytesIO

from pydicom import dcmwrite
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian

from ecgviz import __version__
from ecgviz.export.origin import derivation, uuid_of
from ecgviz.study import Study, name_of

# DICOM demands a date of acquisition. The report's is not read; this one stands for none.
NO_DATE, NO_TIME = "19000101", "000000"
_UTF8 = "ISO_IR 192"


def dicom_object(study: Study, sop_class: str, modality: str, content: bytes) -> FileDataset:
    """Return an object without its content: patient, study, series and equipment.

    Parameters
    ----------
    study : Study
    sop_class : str
        UID of the kind of object.
    modality : str
    content : bytes
        What the object will hold; with the file's hash, it decides the identifiers. Objects of one file belong to one
        study.
    """
    sha256 = study.image.sha256
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = UID(sop_class)
    meta.MediaStorageSOPInstanceUID = uid_of(sha256, sop_class, content)
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made = FileDataset("", {}, file_meta=meta, preamble=bytes(128))
    made.SpecificCharacterSet = _UTF8
    made.SOPClassUID, made.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    made.StudyInstanceUID = uid_of(sha256, "study")
    made.SeriesInstanceUID = uid_of(sha256, sop_class)
    made.Modality = modality
    made.PatientName = made.PatientBirthDate = made.PatientSex = ""
    made.PatientID = name_of(sha256)
    made.StudyDate = made.StudyTime = made.StudyID = made.AccessionNumber = made.ReferringPhysicianName = ""
    made.SeriesNumber = made.InstanceNumber = 1
    made.SeriesDescription = derivation(study)
    made.Manufacturer = made.ManufacturerModelName = "ecgviz"
    made.SoftwareVersions = __version__
    made.LongitudinalTemporalInformationModified = "REMOVED"
    made.ContentDate, made.ContentTime = NO_DATE, NO_TIME
    made.AcquisitionDateTime = NO_DATE + NO_TIME
    return made


def uid_of(*parts: str | bytes) -> UID:
    """Return a unique identifier of these parts: the same parts always give the same one."""
    return UID(f"2.25.{uuid_of(*parts).int}")


def coded(value: str, scheme: str, meaning: str) -> Dataset:
    """Return a code with its meaning."""
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = value, scheme, meaning
    return code


def file_of(made: FileDataset) -> bytes:
    """Return an object as a file."""
    stream = BytesIO()
    dcmwrite(stream, made, enforce_file_format=True)
    return stream.getvalue()
