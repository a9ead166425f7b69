__all__ = [
    "Batch",
    "FitConfig",
    "augmented",
    "augmented_page",
    "fit",
    "fit_epochs",
    "mixed",
    "pictures_of",
    "torch_weights",
]

from .augmentation import augmented, mixed
from .fitting import Batch, FitConfig, fit, fit_epochs
from .page_augmentation import augmented_page, pictures_of
from .torch_file import torch_weights
