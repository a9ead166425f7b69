"""The findings head: fifteen findings of a report, each with a calibrated probability, beside the four classes.

Trained on PTB-XL records as pages show them and on simulated rhythms, so not tied to one recorder. `findings_head`
loads what ships; `page_traces` shows a recording as the reader would return it.

Examples
--------
>>> from models.findings import targets_of_codes
>>> found = targets_of_codes({"NORM": 100.0, "SR": 0.0, "IRBBB": 100.0})
>>> found["normal"], found["atrial_flutter"], found["right_bundle_branch_block"]
(1, 0, -1)
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
