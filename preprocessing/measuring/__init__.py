"""From signals to beats, the median beat, its waves, and what they measure."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
