"""Networks over reports and over single beats. TensorFlow is loaded with the first network, never before.

Examples
--------
>>> import models
>>> models.shipped()
('cnn', 'cnn_lstm', 'paper_cnn', 'paper_cnn_lstm', 'trace_cnn', 'trace_cnn_lstm')
>>> models.names()[:4]
('cnn', 'cnn_lstm', 'trace_cnn', 'trace_cnn_lstm')
>>> models.CLASSES
('Normal', 'Abnormal heartbeat', 'Myocardial infarction', 'History of MI')

``models.load("cnn")`` loads a trained network, ``models.build("paper_cnn")`` builds an untrained one.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
