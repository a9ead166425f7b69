"""Drawing endless print with known truth, and training the networks that read it.

Examples
--------
>>> import numpy as np
>>> from models.lettering import line_scene
>>> picture, text_codes = line_scene(np.random.default_rng(9))
>>> picture.shape, text_codes.shape
((20, 256), (40,))
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
