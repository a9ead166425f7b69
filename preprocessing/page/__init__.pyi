__all__ = [
    "NAMES",
    "NAMES_STRIDE",
    "PIXEL_LABELS",
    "SEGMENTATION_FILE",
    "UPRIGHT",
    "Page",
    "PixelMaps",
    "Turn",
    "along_sides",
    "clockwise_from_top_left",
    "find_page",
    "grayscale",
    "paper_and_light",
    "segment",
]

from .coordinates import UPRIGHT, Turn, along_sides, clockwise_from_top_left
from .flat_page import Page, find_page, grayscale
from .light import paper_and_light
from .segmentation import NAMES, NAMES_STRIDE, PIXEL_LABELS, SEGMENTATION_FILE, PixelMaps, segment
