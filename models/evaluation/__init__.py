"""Held-out predictions of every network, the figures computed from them, and the files that ship.

`load` reads the logits of each network on the reports of the fold that it was not trained on; `held_out` turns them
into probabilities by part of the reports, `lead_votes` combines single leads, and `card_page` writes the model card.

Examples
--------
>>> from models.evaluation import load, network_probabilities
>>> outputs = load()
>>> outputs.report_logits.shape
(2, 626, 4)
>>> {name: own.shape for name, own in network_probabilities(outputs).items()}
{'cnn': (330, 4), 'cnn_lstm': (330, 4), 'ensemble': (330, 4)}
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
