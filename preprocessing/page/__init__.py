"""From a picture to a flat, upright, evenly lit page with its grid: pixels per millimetre along both axes.

Examples
--------
>>> from preprocessing.page import find_page
>>> from sample_images import PageStyle, draw_page, simulate
>>> style = PageStyle(dpi=90)
>>> page = find_page(draw_page(simulate(seed=1), style).image)
>>> page.scale_from, page.is_as_decoded, round(page.px_per_mm_x / style.px_per_mm, 2)
('grid', True, 1.0)
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
