"""How far a reading can be trusted: which doubts there are, and which figures rest on what is doubted.

A new source of doubt is a notice with a code of its own and one line in `DOUBTS`.

Examples
--------
>>> from preprocessing.errors import Notice
>>> from preprocessing.trust import Rest, trust_of
>>> trust = trust_of([Notice("page_turned", ""), Notice("gain_assumed", "")])
>>> trust.state.value, trust.reasons
('provisional', ('gain_assumed',))
>>> trust.doubts(Rest.VOLTAGES), trust.doubts(Rest.TIMES)
(('gain_assumed',), ())
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
