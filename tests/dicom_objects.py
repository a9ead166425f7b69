"""DICOM objects that hold a picture, built for the tests."""

import io

import numpy as np
import pydicom
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import (
    UID,
    EncapsulatedPDFStorage,
    ExplicitVRLittleEndian,
    MultiFrameTrueColorSecondaryCaptureImageStorage,
    SecondaryCaptureImageStorage,
)


def dicom_object(sop_class=SecondaryCaptureImageStorage, syntax=ExplicitVRLittleEndian):
    """Return an object of a kind, empty but for what every file has."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = sop_class, "2.25.1"
    meta.TransferSyntaxUID = UID(syntax)
    made = FileDataset("", {}, file_meta=meta, preamble=bytes(128))
    made.SOPClassUID, made.SOPInstanceUID = sop_class, "2.25.1"
    return made


def capture(pixels, kind=None, syntax=ExplicitVRLittleEndian, **more):
    """Return a secondary capture of pixels (rows, columns) or (rows, columns, 3), in 8 or 16 bits."""
    made = dicom_object(syntax=syntax)
    made.Rows, made.Columns = pixels.shape[:2]
    made.SamplesPerPixel = 3 if pixels.ndim == 3 else 1
    made.PhotometricInterpretation = kind or ("RGB" if pixels.ndim == 3 else "MONOCHROME2")
    if pixels.ndim == 3:
        made.PlanarConfiguration = 0
    made.BitsAllocated = made.BitsStored = pixels.dtype.itemsize * 8
    made.HighBit, made.PixelRepresentation = made.BitsStored - 1, 0
    made.PixelData = pixels.tobytes()
    made["PixelData"].VR = "OW" if pixels.dtype.itemsize == 2 else "OB"
    for keyword, value in more.items():
        setattr(made, keyword, value)
    return made


def frames(pictures):
    """Return a multi-frame capture of pictures of one size."""
    made = capture(np.asarray(pictures[0]))
    made.SOPClassUID = made.file_meta.MediaStorageSOPClassUID = MultiFrameTrueColorSecondaryCaptureImageStorage
    made.NumberOfFrames, made.PixelData = len(pictures), np.stack(pictures).tobytes()
    return made


def compressed(picture, syntax, frame):
    """Return a capture whose pixels are a frame that another program compressed."""
    made = capture(picture, syntax=syntax)
    made.PixelData = encapsulate([frame])
    made["PixelData"].is_undefined_length = True
    return made


def document(content, mime="application/pdf"):
    """Return an object around a document."""
    made = dicom_object(EncapsulatedPDFStorage)
    made.MIMETypeOfEncapsulatedDocument = mime
    made.EncapsulatedDocument = content + b"\0" * (len(content) % 2)
    return made


def bytes_of(made):
    """Return an object as a file."""
    stream = io.BytesIO()
    pydicom.dcmwrite(stream, made, enforce_file_format=True)
    return stream.getvalue()
