"""What the page Beat lab shows: single beats and the networks of the field."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
