"""The app with an HTTP API beside it: read and digitise over HTTP, health, and what protects both."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
