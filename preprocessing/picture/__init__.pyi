__all__ = [
    "MAX_BYTES",
    "DecodedImage",
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
from .pdf import page_of_pdf, pages_of_pdf
