"""Reading print: the names of the leads, and the line that gives paper speed and gain.

Two small networks do the reading, in NumPy; their weights were trained by `models.lettering`.

Examples
--------
>>> from preprocessing.lettering import find_lead_names, read_settings
>>> from sample_images import PageStyle, Text, draw_page, simulate
>>> style = PageStyle(dpi=120, texts=(Text("25mm/s  10mm/mV", 8, 206),))
>>> image = draw_page(simulate(seed=5), style).image
>>> settings = read_settings(image, style.px_per_mm)
>>> settings.speed_mm_s, settings.gain_mm_mv
(25.0, 10.0)
>>> sorted({name.lead for name in find_lead_names(image, style.px_per_mm) if name.is_trusted})[-3:]
['aVF', 'aVL', 'aVR']
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
