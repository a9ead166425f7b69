__all__ = ["MAX_BYTES", "DecodedImage", "decode", "pages_of_pdf", "sharpness"]

from .blur import sharpness
from .files import MAX_BYTES, DecodedImage, decode
from .pdf import pages_of_pdf
