__all__ = ["Batch", "Course", "augmented", "mixed", "teach"]

from .augmentation import augmented, mixed
from .fitting import Batch, Course, teach
