__all__ = [
    "AAMI",
    "AFTER_MS",
    "BEFORE_MS",
    "BeatNetwork",
    "COUNTED",
    "FIELD_HALF_MS",
    "MARGIN_MS",
    "MOST_TAUGHT",
    "NETWORKS",
    "OURS",
    "PLAIN_KIND",
    "PLAIN_WAY",
    "SCORINGS",
    "SHAPE",
    "SIX",
    "Spectrum",
    "TRANSFORMS",
    "WAVELETS",
    "WINDOWS",
    "asked_as",
    "beat_spectrum_picture",
    "build",
    "decibels",
    "field_picture",
    "is_told",
    "live",
    "one_record",
    "own_picture",
    "publish",
    "resized",
    "rhythm_of",
    "scalogram",
    "search",
    "searched",
    "shipped_for",
    "spectrogram",
    "tasks",
    "teaching",
    "told",
    "train",
]

from . import live, publish, search, tasks, teaching, train
from .drawing import FIELD_HALF_MS, SHAPE, field_picture, own_picture, resized
from .live import asked_as, shipped_for
from .published import PLAIN_WAY, SCORINGS, is_told, searched, told
from .recordings import AAMI, AFTER_MS, BEFORE_MS, MARGIN_MS, one_record, rhythm_of
from .registry import BeatNetwork, NETWORKS, OURS, PLAIN_KIND, build
from .scoring import COUNTED
from .six_classes import SIX
from .spectra import Spectrum, WAVELETS, WINDOWS, decibels, scalogram, spectrogram
from .spectrum_drawing import TRANSFORMS, beat_spectrum_picture
from .tasks import MOST_TAUGHT
