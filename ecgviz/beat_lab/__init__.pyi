__all__ = [
    "BeatControls",
    "charts",
    "section_beat",
    "section_dataset",
    "section_predictions",
    "section_results",
    "section_spectra",
    "tables",
]

from . import charts, section_beat, section_dataset, section_predictions, section_results, section_spectra, tables
from .controls import BeatControls
