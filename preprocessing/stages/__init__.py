"""The preprocessing stages of a report, in the order of the article: from the upload to each network's input.

Examples
--------
>>> import numpy as np
>>> from preprocessing.stages import StageSettings, lead_picture, stages_of
>>> lead = np.full((60, 90), 0.98, dtype=np.float32)
>>> lead[30] = 0.1
>>> stages = stages_of(lead, StageSettings(sigma=0))
>>> [stage.key for stage in stages][:4]
['segmentation', 'smoothed', 'otsu', 'binary']
>>> lead_picture(stages).shape
(150, 150)
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
