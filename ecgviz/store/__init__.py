"""Readings that people chose to keep: one SQLite file or a PostgreSQL database, with an audit trail; off by default.

Examples
--------
>>> from ecgviz.store import Reading, history_of, open_store, save
>>> store = open_store("sqlite://")
>>> first = save(store, Reading("0" * 64, "AB", "Normal", ("sinus_rhythm",)))
>>> from dataclasses import replace
>>> save(store, replace(first, label="History of MI")).version
2
>>> [(change.version, change.who, change.before and change.before["label"]) for change in history_of(store)]
[(1, 'AB', None), (2, 'AB', 'Normal')]
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
