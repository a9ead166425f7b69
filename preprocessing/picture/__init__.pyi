__all__ = [
    "MAX_BYTES",
    "DecodedImage",
    "LimitExceededError",
    "Limits",
    "ProcessEndedError",
    "ProcessPool",
    "decode",
    "dicom_header",
    "is_dicom",
    "is_pdf",
    "page_of_pdf",
    "pages_of_pdf",
    "sharpness",
]

from .blur import sharpness
from .dicom_file import dicom_header
from .files import MAX_BYTES, DecodedImage, decode, is_dicom, is_pdf
from .limited_process import LimitExceededError, Limits, ProcessEndedError, ProcessPool
from .pdf import page_of_pdf, pages_of_pdf
