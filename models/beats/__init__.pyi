__all__ = [
    "AAMI",
    "AFTER_MS",
    "BEAT_NET",
    "BEAT_NETWORKS",
    "BEFORE_MS",
    "CONTEXT_NET",
    "MACRO_F1_CLASSES",
    "MARGIN_MS",
    "MAX_TRAIN_PER_CLASS",
    "NO_AUGMENTATION",
    "PROTOCOLS",
    "SHAPE",
    "SIX_CLASSES",
    "SIX_HALF_WINDOW_MS",
    "TRACE_KIND",
    "TRANSFORMS",
    "WAVELETS",
    "WINDOWS",
    "BeatNetwork",
    "Spectrum",
    "aami_picture",
    "baseline_results",
    "beat_graphs",
    "beat_in_context",
    "beat_spectrum_picture",
    "build",
    "decibels",
    "difference_results",
    "ensemble_results",
    "grid_results",
    "is_published",
    "live",
    "network_inputs",
    "published_results",
    "read_record",
    "resized",
    "rhythm_features",
    "scalogram",
    "search_results",
    "shipped_networks",
    "six_class_picture",
    "spectrogram",
    "task_key",
]

from . import live
from .context_live import beat_in_context
from .drawing import SHAPE, SIX_HALF_WINDOW_MS, aami_picture, network_inputs, resized, six_class_picture
from .graphs import beat_graphs
from .live import shipped_networks, task_key
from .published import (
    NO_AUGMENTATION,
    PROTOCOLS,
    baseline_results,
    difference_results,
    ensemble_results,
    grid_results,
    is_published,
    published_results,
    search_results,
)
from .recordings import AAMI, AFTER_MS, BEFORE_MS, MARGIN_MS, read_record, rhythm_features
from .registry import BEAT_NET, BEAT_NETWORKS, CONTEXT_NET, TRACE_KIND, BeatNetwork, build
from .scoring import MACRO_F1_CLASSES
from .six_classes import SIX_CLASSES
from .spectra import WAVELETS, WINDOWS, Spectrum, decibels, scalogram, spectrogram
from .spectrum_drawing import TRANSFORMS, beat_spectrum_picture
from .tasks import MAX_TRAIN_PER_CLASS
