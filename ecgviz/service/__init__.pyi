__all__ = ["add_serve", "application"]

from .asgi import application
from .command import add_serve
