__all__ = ["add_serve", "application"]

from .application import application
from .command import add_serve
