"""Many reports at once: sources, one row per file, table, files to download.

Examples
--------
>>> from ecgviz.batch import Batch, BatchFile, RunSettings, as_csv, outcome, summary
>>> batch = Batch([BatchFile("notes.png", lambda: b"no image")], RunSettings(networks=False))
>>> outcome(batch.step().row)
'refused (unsupported format)'
>>> rows = [done.row for done in batch.done]
>>> summary(rows, len(rows))
'1 file: 0 read, 1 refused.'
>>> as_csv(batch.done).splitlines()[1][:38]
'1,notes.png,refused,unsupported_format'
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
