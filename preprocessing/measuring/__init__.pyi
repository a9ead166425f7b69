__all__ = [
    "BeatSt",
    "Criterion",
    "CriterionState",
    "Fiducials",
    "HeartBeats",
    "LeadSignal",
    "LeadWaves",
    "Measured",
    "Measurements",
    "MedianBeat",
    "RrRange",
    "criteria_of",
    "find_beats",
    "measure",
    "millivolts",
    "only_good",
    "st_of_beats",
]

from .beat_st import BeatSt, st_of_beats
from .criteria import criteria_of
from .criterion import Criterion, CriterionState, millivolts
from .delineation import Fiducials
from .heart_beats import HeartBeats, find_beats
from .lead_signal import LeadSignal, only_good
from .lead_waves import LeadWaves
from .measurements import Measured, Measurements, measure
from .median_beat import MedianBeat
from .rhythm import RrRange
