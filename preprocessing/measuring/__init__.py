"""From signals to beats, the median beat, its waves, and their measurements.

Examples
--------
>>> from preprocessing.measuring import measure
>>> from preprocessing.traces import Trace
>>> from sample_images import simulate
>>> drawn = simulate(heart_rate_bpm=60, seed=1)
>>> leads = [
...     Trace(lead, "12-lead", 0.0, drawn.lead(lead).astype("float32"), 1.0, (0.0, 0.0), 0.4, 80.0)
...     for lead in ("I", "II", "aVF", "V2", "V5")
... ]
>>> found = measure(leads)
>>> round(found.heart_rate_bpm.value), found.rhythm.value, found.qrs_ms.unit
(60, 'regular', 'ms')
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
