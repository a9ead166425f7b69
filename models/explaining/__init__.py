"""Explaining a prediction: saliency along the leads, and the layers of a network with their activations.

Examples
--------
The occlusion of a network whose predictions depend on row 3 alone:

>>> import numpy as np
>>> from types import SimpleNamespace
>>> from models.explaining import OCCLUDED_SAMPLES, occlusion
>>> def network(rows):
...     height = rows[:, 3, :, 0].max(axis=1)
...     return SimpleNamespace(report=np.stack([height, 1 - height, 0 * height, 0 * height], axis=1))
>>> rows = np.zeros((16, 250, 2), np.float32)
>>> rows[..., 1] = 1
>>> rows[3, 60, 0] = 0.75
>>> drops = occlusion(network, rows)
>>> np.argwhere(drops[0]).tolist(), 60 // OCCLUDED_SAMPLES
([[3, 2]], 2)
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
