__all__ = ["Fiducials", "HeartBeats", "Measured", "Measurements", "MedianBeat", "find_beats", "measure"]

from .delineation import Fiducials
from .heart_beats import HeartBeats, find_beats
from .measurements import Measured, Measurements, measure
from .median_beat import MedianBeat
