"""The preprocessing stages of one lead, in the order of the paper: from its crop to the square picture."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
