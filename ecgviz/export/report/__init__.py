"""A report to download: one study as a PDF and as a page of HTML, both with the same content."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
