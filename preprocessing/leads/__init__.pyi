__all__ = [
    "FITS_LENGTH",
    "HALF_PAGE_SECONDS",
    "LAYOUTS",
    "PAGE_SECONDS",
    "Layout",
    "LeadBox",
    "find_leads",
    "guess_layout",
    "layout_at",
    "lines_of",
    "timed_boxes",
    "turned",
]

from .arrangement import FITS_LENGTH
from .by_frame import guess_layout, layout_at, lines_of
from .find import find_leads
from .layout import LAYOUTS, PAGE_SECONDS, Layout, LeadBox
from .orientation import turned
from .scale import HALF_PAGE_SECONDS, timed_boxes
