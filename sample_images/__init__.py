"""ECG reports that the project draws itself, with their exact truth.

>>> page = draw_page(simulate("atrial-flutter", seed=3), PageStyle(layout="6x2", dpi=100))
>>> drawing = photograph(page, Camera.photo(3))
>>> drawing.label, len(drawing.leads)
('Abnormal heartbeat', 12)
"""

from sample_images.camera import Camera, CameraMap, photograph
from sample_images.committed import Sample, samples
from sample_images.drawing import Drawing, DrawnLead
from sample_images.layouts import LAYOUTS, Layout
from sample_images.leads import LEADS
from sample_images.not_ecg import draw_blank_grid, draw_document
from sample_images.page import draw_page
from sample_images.recording import Recording
from sample_images.rhythms import CLASSES, RHYTHMS
from sample_images.simulate import QUIET, Noise, simulate
from sample_images.style import GRIDS, PageStyle, Text, edan_style

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
    "samples",
    "simulate",
]
