"""The commands of ``python -m ecgviz`` besides ``read``.

Examples
--------
>>> from ecgviz.__main__ import parser
>>> chosen = parser().parse_args(["digitise", "report.jpg", "--csv", "signals.csv"])
>>> chosen.run.__name__, str(chosen.csv)
('digitise_file', 'signals.csv')
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
