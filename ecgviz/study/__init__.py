"""The study of one report: page, layout, traces, measurements, stages and prediction in one object.

Examples
--------
>>> from ecgviz.study import reading_of
>>> refused = reading_of(b"no image", "notes.txt", with_models=False)
>>> refused["status"], refused["refusal"]["code"]
('refused', 'unsupported_format')
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
