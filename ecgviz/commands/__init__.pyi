__all__ = ["add_batch", "add_digitise", "add_report"]

from .batch import add_batch
from .digitise import add_digitise
from .report import add_report
