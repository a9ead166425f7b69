__all__ = ["WorklistControls", "agreed", "items", "kept", "labelling", "recording", "store_place", "switch"]

from . import agreed, items, kept, labelling, recording, store_place, switch
from .controls import WorklistControls
