"""Pages drawn without end, no two alike, with what each pixel is: what a segmentation network is trained on.

Examples
--------
>>> import numpy as np
>>> rng = np.random.default_rng(4)
>>> patches = training_patches(rng, lambda rng: 0.3 * rng.normal(size=(12, 5000)), rate_hz=500, size=64, per_page=2)
>>> len(patches), patches[0].rgb.shape, patches[0].coverage.shape, len(LABELS)
(2, (64, 64, 3), (64, 64, 6), 6)
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
