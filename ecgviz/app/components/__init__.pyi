__all__ = ["frame_editor", "pasting", "viewer"]

from .browser_parts import frame_editor, pasting, viewer
