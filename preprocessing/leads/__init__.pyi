__all__ = [
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
    "other_page_seconds",
    "timed_boxes",
    "turned",
]

from .by_frame import guess_layout, layout_at, lines_of
from .evidence import LayoutEvidence
from .find import find_leads
from .layout import LAYOUTS, PAGE_SECONDS, Layout, LeadBox
from .orientation import turned
from .scale import SCALE_FROM_COLUMNS, fits_length, other_page_seconds, timed_boxes
