"""The reports and signals that networks are trained on, and how they are split.

`listing` and `distinct` name the reports of a folder, `prepared` loads them as arrays, `folds_of` splits them by
report, and `labelled_signals` loads the recordings for pre-training.

Examples
--------
>>> import pandas as pd
>>> from models.data import FOLDS, folds_of
>>> table = pd.DataFrame({"group": list("aabcde"), "label": [0, 0, 1, 1, 2, 3], "layout": "3x4+1", "in_v2": True})
>>> folds = folds_of(table)
>>> bool(folds[0] == folds[1]), set(folds) <= set(range(FOLDS))
(True, True)
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
