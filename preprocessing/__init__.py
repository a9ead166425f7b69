"""From the bytes of a file to named leads, their preprocessing stages, traces and measurements. NumPy in, NumPy out."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
