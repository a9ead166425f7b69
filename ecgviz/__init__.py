"""What people see and take away: the study of a report, its reading, charts, exports and the app."""

import lazy_loader

__version__ = "0.1.0"
DISCLAIMER = "For research and teaching only. Not a medical device."

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
