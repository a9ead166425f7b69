"""Held-out predictions of every network, the figures computed from them, and the files that ship.

`load` reads the logits of each network on the reports of the fold that it was not trained on; `held_out` turns them
into probabilities by part of the reports, `lead_votes` combines single leads, and `card_page` writes the model card.

Examples
--------
>>> from models.evaluation import load, network_probabilities
>>> outputs = load()
>>> outputs.report_logits.shape
(4, 626, 4)
>>> found = network_probabilities(outputs)
>>> list(found), found["ensemble"].shape
(['cnn', 'cnn_lstm', 'trace_cnn', 'trace_cnn_lstm', 'ensemble'], (330, 4))
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
