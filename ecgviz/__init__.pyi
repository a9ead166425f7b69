__all__ = ["open_study"]
from .study import open_study

__version__: str
DISCLAIMER: str
