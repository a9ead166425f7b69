"""The networks over reports, what they take, and their distance from the training set.

`lead_rows` brings the traces of a page to the networks' input, `build` builds one of `names()` untrained.

Examples
--------
>>> from models.networks import ROWS_SHAPE, TRACE_NETWORKS, lead_rows
>>> rows = lead_rows([])
>>> rows.shape == ROWS_SHAPE, bool(rows.any())
(True, False)
>>> TRACE_NETWORKS
('trace_cnn', 'trace_cnn_lstm')
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
