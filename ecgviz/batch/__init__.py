"""Many reports at once: sources, one row a file, table, files to download."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
