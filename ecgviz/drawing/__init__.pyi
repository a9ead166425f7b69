__all__ = [
    "CLASS_COLOURS",
    "GAIN_MM_MV",
    "SPEED_MM_S",
    "beats_over",
    "data_url",
    "found_on_page",
    "found_so_far_drawn",
    "jpeg",
    "label_map",
    "lead_cards",
    "map_sheet",
    "page_views",
    "pictures",
    "shade_of",
    "shades",
    "stage_sheet",
    "viewer_data",
    "webp",
    "well_shown",
    "with_leads",
]

from . import lead_cards, page_views, pictures, shades, viewer_data
from .lead_cards import CLASS_COLOURS
from .picture_maps import map_sheet
from .pictures import data_url, jpeg, webp, with_leads
from .refused_drawing import found_so_far_drawn
from .segmentation_view import found_on_page, label_map
from .shades import shade_of
from .stage_layout import stage_sheet
from .viewer_data import GAIN_MM_MV, SPEED_MM_S, beats_over, well_shown
