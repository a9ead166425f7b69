"""Networks for pictures of single beats: the field's by name with what is claimed for each, and our own."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
