"""The preprocessing stages of one lead, in the order of the article: from its crop to the network's input.

Examples
--------
>>> import numpy as np
>>> from preprocessing.stages import StageSettings, lead_picture, stages_of
>>> crop = np.full((60, 90, 3), 250, dtype=np.uint8)
>>> crop[30] = 20
>>> stages = stages_of(crop, StageSettings(sigma=0))
>>> [stage.key for stage in stages][:4]
['crop', 'grayscale', 'smoothed', 'otsu']
>>> lead_picture(stages).shape
(150, 150)
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
