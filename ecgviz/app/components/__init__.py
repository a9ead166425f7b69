"""The parts that run in the browser: the viewer of the signals, the layout editor, and pasting."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
