__all__ = ["Batch", "FitConfig", "augmented", "fit", "mixed"]

from .augmentation import augmented, mixed
from .fitting import Batch, FitConfig, fit
