__all__ = ["HALF_PAGE_SECONDS", "LAYOUTS", "Layout", "LeadBox", "PAGE_SECONDS", "find_leads", "fits_length", "guess_layout", "layout_at", "lines_of", "orientation", "timed_boxes", "turned"]

from . import orientation
from .by_frame import guess_layout, layout_at, lines_of
from .find import find_leads
from .layout import LAYOUTS, Layout, LeadBox, PAGE_SECONDS
from .orientation import turned
from .scale import HALF_PAGE_SECONDS, fits_length, timed_boxes
