__all__ = [
    "Fiducials",
    "HeartBeats",
    "LeadSignal",
    "Measured",
    "Measurements",
    "MedianBeat",
    "RrRange",
    "find_beats",
    "measure",
    "only_good",
]

from .delineation import Fiducials
from .heart_beats import HeartBeats, find_beats
from .lead_signal import LeadSignal, only_good
from .measurements import Measured, Measurements, measure
from .median_beat import MedianBeat
from .rhythm import RrRange
