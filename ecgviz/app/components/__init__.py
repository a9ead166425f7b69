"""The components that run in the browser: the signal viewer, the layout editor, and pasting from the clipboard.

>>> all(map(callable, (viewer, frame_editor, pasting)))
True
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
