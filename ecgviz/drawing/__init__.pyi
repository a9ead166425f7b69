__all__ = [
    "GAIN_MM_MV",
    "SPEED_MM_S",
    "data_url",
    "jpeg",
    "lead_cards",
    "page_views",
    "pictures",
    "shade_of",
    "shades",
    "stage_sheet",
    "viewer_data",
    "webp",
    "with_leads",
]

from . import lead_cards, page_views, pictures, shades, viewer_data
from .pictures import data_url, jpeg, webp, with_leads
from .shades import shade_of
from .stage_layout import stage_sheet
from .viewer_data import GAIN_MM_MV, SPEED_MM_S
