"""The signals as a WFDB record, the format of PhysioNet: a header of text and samples of 16 bits.

Written here and not by the package `wfdb`: that is forty lines against sixty megabytes. The tests read it with that
package.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np

from ecgviz import __version__
from ecgviz.export.signal_files import name_of, remarks
from ecgviz.study.page_signals import on_page_clock
from preprocessing.traces.digitise import RATE_HZ, Trace

# One unit is one microvolt, so that 16 bits reach to 32 mV either way, far beyond what a page can show.
UNITS_PER_MV = 1000
# The format's own mark of a sample that is not there.
MISSING = -32768
LARGEST = 32767


def record(traces: Sequence[Trace], sha256: str) -> dict[str, bytes]:
    """Write the signals as the files of one record.

    Parameters
    ----------
    traces : sequence of Trace
    sha256 : str
        Hash of the file that they were read from; it names the record.

    Returns
    -------
    dict of str to bytes
        The header ``.hea`` and the samples ``.dat``, by file name.
    """
    _, leads = on_page_clock(traces)
    name = name_of(sha256)
    samples = np.stack([in_units(mv) for mv in leads.values()], axis=1)
    header = [f"{name} {samples.shape[1]} {RATE_HZ} {samples.shape[0]}"]
    for lead, column in zip(leads, samples.T, strict=True):
        header.append(f"{name}.dat 16 {UNITS_PER_MV}(0)/mV 16 0 {column[0]} {_checksum(column)} 0 {lead}")
    header += [
        f"# ecgviz {__version__}: signals read from an image; for research and teaching only",
        *(f"# {remark}" for remark in remarks(traces)),
        f"# sha256 of the file: {sha256}",
    ]
    return {f"{name}.hea": ("\n".join(header) + "\n").encode("ascii"), f"{name}.dat": samples.astype("<i2").tobytes()}


def zipped(files: dict[str, bytes]) -> bytes:
    """Pack files into a ZIP archive that is the same each time: it holds no date."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def in_units(mv: np.ndarray) -> np.ndarray:
    """Turn millivolts into the record's units.

    Examples
    --------
    >>> import numpy as np
    >>> in_units(np.array([0.5, -1.25, np.nan])).tolist()
    [500, -1250, -32768]
    """
    units = np.clip(np.rint(np.nan_to_num(mv.astype(np.float64)) * UNITS_PER_MV), -LARGEST, LARGEST)
    return np.where(np.isnan(mv), MISSING, units).astype(np.int16)


def _checksum(column: np.ndarray) -> int:
    """Return the sum of a signal's samples, wrapped into 16 bits with a sign."""
    return (int(column.sum(dtype=np.int64)) + 32768) % 65536 - 32768
