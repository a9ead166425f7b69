"""From a page to named leads: rows, columns, calibration pulses, names, limb-lead laws, layout.

Examples
--------
>>> from preprocessing.leads import find_leads, layout_at
>>> from preprocessing.page import find_page
>>> from sample_images import PageStyle, draw_page, simulate
>>> page, layout = find_leads(find_page(draw_page(simulate(seed=1), PageStyle(dpi=150)).image))
>>> layout.name, len(layout.boxes), page.speed_mm_s, page.gain_mm_mv
('3x4+1', 13, 25.0, 10.0)
>>> layout_at("3x4", [0, 100, 200, 300, 400], [0, 50, 100, 150]).boxes[1].lead
'aVR'
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
