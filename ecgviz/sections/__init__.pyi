__all__ = ["batch", "first_line", "leads", "models", "preload", "preprocessing", "report", "signals", "verdict"]

from . import batch, first_line, leads, models, preload, preprocessing, report, signals, verdict
