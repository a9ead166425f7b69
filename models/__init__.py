"""Networks over reports and over single beats. TensorFlow is loaded with the first network, never before."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
