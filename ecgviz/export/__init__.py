"""Signals as files: CSV, JSON, WFDB, DICOM, HL7 aECG, EDF+ and FHIR; the report as a DICOM object.

Examples
--------
>>> import numpy as np
>>> from ecgviz.export import SIGNAL_FORMATS, signal_files, wfdb_record
>>> from preprocessing.traces import Trace
>>> lead = Trace("I", "12-lead", 0.0, np.array([0.5, np.nan], np.float32), 1.0, (0.0, 0.0), 1.0, 10.0)
>>> signal_files.as_csv([lead], "0" * 64).decode().splitlines()[-3:]
['time_s,I', '0.000,0.5000', '0.002,NaN']
>>> list(wfdb_record.record([lead], "0" * 64))
['ecg_0000000000000000.hea', 'ecg_0000000000000000.dat']
>>> SIGNAL_FORMATS["dicom"].ending
'dcm'
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
