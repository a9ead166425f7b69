"""Retraining of heads on readings that people confirmed: labels, the fit, the promotion gate, files and rollback."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
