__all__ = ["batch", "leads", "models", "preprocessing", "report", "signals", "warming"]

from . import batch, leads, models, preprocessing, report, signals, warming
