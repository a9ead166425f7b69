"""What the results of a batch show: overview, scores against labels, drift against the training reports.

Examples
--------
>>> from ecgviz.batch_results import labelled_predictions
>>> labelled_predictions([]).labels.shape
(0,)
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
