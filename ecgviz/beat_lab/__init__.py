"""The page Beat lab: one beat and what every beat network predicts for it, and what the reported figures are worth.

`beat` cuts a beat out of a simulation, the open report or a picture. The page has two parts. "One beat" is
`section_beat` (choose a beat, see it as the networks do), `section_predictions` (predictions and saliency, with their
caches) and `section_spectra`. "Reported and measured" is `section_results` (both kinds of figures), `section_articles`
with `article_tables` (two articles in the form of their own results) and `section_dataset` (what the published pictures
show, with `examples`). `tables` and `charts` hold what both draw, `explanations` their longer texts.
`beat_reading` predicts from a picture without the page, for the HTTP API.

Examples
--------
>>> from ecgviz.beat_lab import tables
>>> tables.short_names(["Normal", "Premature atrial"])
['Normal', 'PAC']
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
