__all__ = ["Page", "Turn", "find_page", "gray_of"]

from .flat_page import Page, Turn, find_page, gray_of
