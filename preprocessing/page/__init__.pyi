__all__ = ["UPRIGHT", "Page", "Turn", "along_sides", "clockwise_from_top_left", "find_page", "grayscale"]

from .coordinates import UPRIGHT, Turn, along_sides, clockwise_from_top_left
from .flat_page import Page, find_page, grayscale
