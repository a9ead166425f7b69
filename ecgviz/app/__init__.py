"""What the pages of the app share: frame, session, ways to open a report, layout editor, caches."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
