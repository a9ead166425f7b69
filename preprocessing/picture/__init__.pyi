__all__ = ["MAX_BYTES", "DecodedImage", "decode", "dicom_header", "is_dicom", "pages_of_pdf", "sharpness"]

from .blur import sharpness
from .dicom_file import dicom_header
from .files import MAX_BYTES, DecodedImage, decode, is_dicom
from .pdf import pages_of_pdf
