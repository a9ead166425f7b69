__all__ = [
    "LABELS",
    "Patch",
    "PrintedLead",
    "TrainingPage",
    "training_page",
    "training_patches",
]

from .pages import training_page, training_patches
from .truth import LABELS, Patch, PrintedLead, TrainingPage
