__all__ = ["frame_editor", "leave_guard", "pasting", "to_top", "viewer"]

from .browser_parts import frame_editor, leave_guard, pasting, to_top, viewer
