"""Trained networks as they ship: cards that are checked, loading, and the prediction for one report.

`shipped` names the networks that have both weights and a card, `load` opens one, `predictor.networks()` all of them.

Examples
--------
>>> from models.serving import WEIGHTS_FOLDER, Card, checked_card, shipped
>>> shipped()
('cnn', 'cnn_lstm', 'paper_cnn', 'paper_cnn_lstm', 'trace_cnn', 'trace_cnn_lstm')
>>> file, card = checked_card("trace_cnn", WEIGHTS_FOLDER, Card)
>>> file.name, card.input, card.classes[0]
('trace_cnn.keras', (16, 250, 2), 'Normal')
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
