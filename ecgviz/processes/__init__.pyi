__all__ = ["read_for_batch", "read_study", "readers", "warm_up"]

from .config import readers
from .reading_apart import read_for_batch, read_study, warm_up
