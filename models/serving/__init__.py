"""Trained networks as they are shipped: checked cards, loading, and the prediction for one report."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
