__all__ = ["batch", "leads", "models", "preload", "preprocessing", "report", "signals"]

from . import batch, leads, models, preload, preprocessing, report, signals
