"""Predictions as tables and sentences: per report, per lead, by other ways of aggregation, and their sensitivity."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
