"""Files of signals instead of images: which lead each of their codes names.

Examples
--------
>>> from ecgviz.records import MDC_LEADS
>>> MDC_LEADS["aVR"]
62
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
