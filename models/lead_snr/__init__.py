"""Fitting the estimate of how well each lead of a page was read.

Examples
--------
>>> import numpy as np
>>> from models.lead_snr import snr_db
>>> wave = np.sin(np.arange(1000) / 20)
>>> round(snr_db(wave, 0.9 * wave + 3))
20
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
