__all__ = [
    "BeatControls",
    "charts",
    "picture_networks",
    "read_beat",
    "section_articles",
    "section_beat",
    "section_dataset",
    "section_predictions",
    "section_results",
    "section_spectra",
    "tables",
]

from . import (
    charts,
    section_articles,
    section_beat,
    section_dataset,
    section_predictions,
    section_results,
    section_spectra,
    tables,
)
from .beat_reading import picture_networks, read_beat
from .controls import BeatControls
