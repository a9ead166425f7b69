"""From the bytes of a file to an upright RGB image: formats, PDF pages, colour modes, and how sharp it is.

Examples
--------
>>> import io
>>> from PIL import Image
>>> from preprocessing.picture import decode
>>> stream = io.BytesIO()
>>> Image.new("L", (200, 100), 255).save(stream, "TIFF")
>>> image = decode(stream.getvalue())
>>> image.rgb.shape, image.rgb.dtype.name, image.notices
((100, 200, 3), 'uint8', ())
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
