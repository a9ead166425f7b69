__all__ = ["bare_page", "line_scene", "scene", "train_letters", "train_lines", "write_card"]

from . import train_letters, train_lines
from .bare_pages import bare_page
from .letter_scenes import scene
from .line_scenes import line_scene
from .weight_file import write_card
