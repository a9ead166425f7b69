"""The page Evaluation: the scores of the networks on held-out reports.

Examples
--------
>>> from ecgviz.evaluation import tables
>>> tables.spread(0.9, 0.85, 0.943)
'0.900 (0.850 to 0.943)'
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
