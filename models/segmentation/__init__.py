"""Training the page segmentation network on endless drawn pages, and writing it as an ONNX file with its card.

Examples
--------
>>> import numpy as np
>>> from models.segmentation import name_maps
>>> name_maps((("V1", 10.0, 6.0),), size=16).shape
(4, 4, 13)
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
