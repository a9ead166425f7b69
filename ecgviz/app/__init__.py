"""What the pages of the app share: frame, session, typed controls, ways to open a report, layout editor, caches.

A control is declared once. Its class gives the widget its key, an instance gives its value; a feature above the app keeps
what it holds in a slot of the session:

>>> Controls.sigma.key, Controls.sigma.default
('sigma', 1.0)
>>> SessionSlot("last_search", str).value
''
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
