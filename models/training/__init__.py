"""Fitting a network in place, and the augmentation of its batches.

Examples
--------
>>> import numpy as np
>>> from models.training import augmented, mixed
>>> rng = np.random.default_rng(0)
>>> rows = np.ones((4, 16, 250, 2), np.float32)
>>> changed = augmented(rows, rng)
>>> changed.shape, bool((changed != rows).any())
((4, 16, 250, 2), True)
>>> blended, targets = mixed(changed, np.eye(4), 0.2, rng)
>>> targets.sum(axis=1).round(6).tolist()
[1.0, 1.0, 1.0, 1.0]
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
