"""Simulated ECG reports with exact ground truth.

Examples
--------
>>> page = draw_page(simulate("atrial-flutter", seed=3), PageStyle(layout="6x2", dpi=100))
>>> drawing = photograph(page, Camera.photo(3))
>>> drawing.label, len(drawing.leads)
('Abnormal heartbeat', 12)
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
