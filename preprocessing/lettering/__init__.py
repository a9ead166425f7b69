"""Reading print: the names of the leads, and the line that tells paper speed and gain."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
