"""Reading many reports: the store that a reader switches on, the list, recording, deciding and agreement.

>>> items.Item("0" * 64, "page.png", lambda: b"").file
'page.png'
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
