"""A report to download: one study as a PDF or as a page of HTML, both with the same content.

Examples
--------
>>> from ecgviz.export.report import PARTS, ReportOptions
>>> options = ReportOptions(parts=("facts", "traces"))
>>> options.hide_margins, [PARTS[part] for part in options.parts]
(True, ['Reading', 'Traces at true scale'])
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
