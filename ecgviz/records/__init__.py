"""Files of signals instead of images: WFDB, our CSV, HL7 aECG, EDF, DICOM waveforms, and other vendors' by a package.

A record is drawn as a page and read like any other; its own samples are kept beside what is read.

Examples
--------
>>> import numpy as np
>>> from ecgviz.records import MDC_LEADS, opened
>>> from sample_images import LEADS, simulate
>>> MDC_LEADS["aVR"]
62
>>> rows = [",".join(["time_s", *LEADS])]
>>> for second, values in zip(np.arange(5000) / 500, simulate(seed=1).signals_mv.T):
...     rows.append(",".join(f"{one:.3f}" for one in [second, *values]))
>>> found = opened("\\n".join(rows).encode())
>>> found.image.file_format, len(found.record.traces)
('CSV', 13)
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
