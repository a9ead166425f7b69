"""What the pages of the app share: frame, session, typed controls, ways to open a report, layout editor, caches.

A control is declared once: its class gives the widget's key, an instance its value. A feature above the app keeps its
state in a slot of the session:

>>> Controls.sigma.key, Controls.sigma.default
('sigma', 1.0)
>>> SessionSlot("last_search", str).value
''
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
