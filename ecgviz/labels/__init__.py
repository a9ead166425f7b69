"""Labels of many reports: their true classes, from a table or from the names of folders.

Examples
--------
>>> from ecgviz.labels import by_folder, labels_from_csv, matched
>>> labels = labels_from_csv(b"file,label\\na.png,Normal\\nb.png,history of MI\\n")
>>> matched(labels, [("ward/a.png", None), ("ward/b.png", None), ("ward/c.png", None)])
('Normal', 'History of MI', None)
>>> by_folder(["Normal Person ECG Images/1.jpg", "loose.jpg"])
('Normal', None)
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
