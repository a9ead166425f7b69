"""From the bytes of a file to an upright RGB picture: formats, PDF pages, colour modes, and how sharp it is."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
