"""From a page and its lead boxes to signals in millivolts over seconds.

Examples
--------
A straight stroke, 5 pixels per millimetre, of 2 seconds:

>>> import numpy as np
>>> from preprocessing.leads import Layout, LeadBox
>>> from preprocessing.page import Page
>>> from preprocessing.traces import RATE_HZ, trace_leads
>>> picture = np.full((200, 290, 3), 255, dtype=np.uint8)
>>> picture[99:101, 20:270] = 0
>>> box = LeadBox("II", "12-lead", 20, 50, 270, 150)
>>> (trace,) = trace_leads(Page(picture, 5.0, 5.0, "grid"), Layout("one", 1.0, (box,), seconds=2.0))
>>> trace.mv.size / RATE_HZ, bool(np.nanmax(np.abs(trace.mv)) < 0.02)
(2.0, True)
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
