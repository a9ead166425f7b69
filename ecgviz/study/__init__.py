"""The study of one report: file, page, layout, stages, traces, measurements and prediction in one object."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
