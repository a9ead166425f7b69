"""Pictures of pages, leads and stages, encoded for a browser or a report.

Examples
--------
>>> import numpy as np
>>> from ecgviz.drawing import data_url, shade_of, webp
>>> data_url(webp(np.zeros((4, 6, 3), np.uint8)))[:23]
'data:image/webp;base64,'
>>> shade_of(1.0)  # background and text colour of 100%
('#1f6f78', '#ffffff')
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
