"""Export of the report's PDF as a DICOM object, of the same study as the signals."""

from __future__ import annotations

from pydicom.uid import EncapsulatedPDFStorage

from ecgviz.export.dicom_object import coded, dicom_object, file_of
from ecgviz.study import Study


def dicom_report(study: Study, pdf: bytes) -> bytes:
    """Wrap the report's PDF."""
    made = dicom_object(study, EncapsulatedPDFStorage, "DOC", pdf)
    made.ConversionType = "WSD"
    # Print and handwriting between the traces are part of its image, so no identity is claimed to be removed.
    made.BurnedInAnnotation = "YES"
    made.DocumentTitle = "ECG report"
    made.ConceptNameCodeSequence = [coded("11524-6", "LN", "EKG study")]
    made.MIMETypeOfEncapsulatedDocument = "application/pdf"
    made.EncapsulatedDocumentLength = len(pdf)
    # DICOM's values have an even length.
    made.EncapsulatedDocument = pdf + b"\0" * (len(pdf) % 2)
    return file_of(made)
