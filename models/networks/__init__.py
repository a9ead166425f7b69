"""The networks over twelve leads, what they take in, and how far a report lies from what they were trained on."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
