"""From a picture to a flat, upright, evenly lit page with its grid: pixels per millimetre along both axes."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
