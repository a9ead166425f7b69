__all__ = ["bare_page", "line_scene", "scene", "write_card"]

from .bare_pages import bare_page
from .letter_scenes import scene
from .line_scenes import line_scene
from .weight_file import write_card
