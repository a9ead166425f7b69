__all__ = ["ReaderBusyError", "called_apart", "read_for_batch", "read_study", "readers", "warm_up"]

from .config import readers
from .pool import ReaderBusyError
from .reading_apart import called_apart, read_for_batch, read_study, warm_up
