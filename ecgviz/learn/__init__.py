"""What the page Learn shows: lessons on reports, stages and networks, a quiz, a glossary."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
