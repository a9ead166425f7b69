__all__ = ["Batch", "FitConfig", "augmented", "fit", "fit_epochs", "mixed"]

from .augmentation import augmented, mixed
from .fitting import Batch, FitConfig, fit, fit_epochs
