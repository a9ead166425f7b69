"""Reading of 12-lead ECG reports, for people: the study of a report, charts, exports, commands and the app.

Examples
--------
>>> from ecgviz import open_study
>>> study = open_study("sample_images/gallery/edan_normal.jpg")
>>> study.layout.name, round(study.measurements.heart_rate_bpm.value)
('3x4+1', 70)
>>> study.traces[0].key, study.traces[0].mv.size  # mV at 500 Hz
('I', 1250)
>>> [stage.key for stage in study.stages["V1"]][:4]  # computed now
['segmentation', 'smoothed', 'otsu', 'binary']

``study.prediction`` loads the networks at its first use; `open_study` with ``with_models=False`` never does.
"""

import lazy_loader

__version__ = "0.2.0"
DISCLAIMER = "For research and teaching only. Not a medical device."

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
