"""Metrics with bootstrap intervals, calibration, and aggregation of leads into a report.

`metrics` computes every figure, `bootstrap` resamples reports in groups and gives 95 % intervals, `calibration` turns
logits into probabilities, and `aggregation` combines the logits of single leads.

Examples
--------
>>> import numpy as np
>>> from models.scoring import bootstrap, metrics
>>> labels = np.array([0, 0, 1, 1])
>>> probabilities = np.array([[0.9, 0.1], [0.4, 0.6], [0.2, 0.8], [0.3, 0.7]])
>>> metrics.accuracy(labels, probabilities)
0.75
>>> weights = bootstrap.weights_of(np.arange(4), draws=200)
>>> counts = metrics.confusion(labels, probabilities.argmax(axis=1), 2, weights)
>>> bootstrap.with_interval(metrics.report_metrics(counts)["accuracy"])
(0.75, 0.25, 1.0)
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
