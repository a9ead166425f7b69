"""Leads, measurements, facts about a page and technical terms in words.

Examples
--------
>>> from ecgviz.words import glossary, in_words, plain
>>> in_words("II_rhythm"), plain("page_[1].png")
('II, rhythm strip', 'page\\\\_\\\\[1\\\\]\\\\.png')
>>> glossary.meaning("bpm")
'Beats per minute.'
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
