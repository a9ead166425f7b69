__all__ = ["read_for_batch", "read_study", "warm_up"]

from .reading_apart import read_for_batch, read_study, warm_up
