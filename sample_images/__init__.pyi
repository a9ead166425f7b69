__all__ = [
    "CLASSES",
    "GRIDS",
    "LAYOUTS",
    "LEADS",
    "QUIET",
    "RHYTHMS",
    "Camera",
    "CameraMap",
    "Drawing",
    "DrawnLead",
    "Layout",
    "Noise",
    "PageStyle",
    "Recording",
    "Sample",
    "Text",
    "draw_blank_grid",
    "draw_document",
    "draw_page",
    "edan_style",
    "photograph",
    "project",
    "samples",
    "simulate",
    "twelve_leads",
]

from .camera import Camera, CameraMap, photograph
from .committed import Sample, samples
from .drawing import Drawing, DrawnLead
from .layouts import LAYOUTS, Layout
from .leads import LEADS, project, twelve_leads
from .not_ecg import draw_blank_grid, draw_document
from .page import draw_page
from .recording import Recording
from .rhythms import CLASSES, RHYTHMS
from .simulation import QUIET, Noise, simulate
from .style import GRIDS, PageStyle, Text, edan_style
