"""Pictures of pages, leads and stages, encoded for a browser or a report."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
