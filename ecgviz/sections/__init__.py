"""The parts of the app's pages, one module per page, and what is loaded before the first report.

>>> preprocessing.parameters_line({"sigma_px": 1.0, "threshold": 0.5})
'sigma 1 px · threshold 0.5'
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
