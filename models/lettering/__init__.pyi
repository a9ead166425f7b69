__all__ = ["bare_page", "line_scene", "scene"]

from .bare_pages import bare_page
from .letter_scenes import scene
from .line_scenes import line_scene
