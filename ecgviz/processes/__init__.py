"""Reading outside the app's own process: pools of warm readers, bounded, with cancellation and limits."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
