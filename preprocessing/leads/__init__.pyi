__all__ = [
    "HALF_PAGE_SECONDS",
    "LAYOUTS",
    "PAGE_SECONDS",
    "SCALE_FROM_COLUMNS",
    "Layout",
    "LayoutEvidence",
    "LeadBox",
    "find_leads",
    "fits_length",
    "guess_layout",
    "layout_at",
    "lines_of",
    "timed_boxes",
    "turned",
]

from .by_frame import guess_layout, layout_at, lines_of
from .evidence import LayoutEvidence
from .find import find_leads
from .layout import LAYOUTS, PAGE_SECONDS, Layout, LeadBox
from .orientation import turned
from .scale import HALF_PAGE_SECONDS, SCALE_FROM_COLUMNS, fits_length, timed_boxes
