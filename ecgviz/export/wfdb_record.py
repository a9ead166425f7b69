"""Export of the signals as a WFDB record, the format of PhysioNet: a text header and 16-bit samples.

Written here instead of with the package `wfdb`, which installs sixty megabytes. The tests read the record with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np

from ecgviz import __version__
from ecgviz.study import UNITS_PER_MV, in_units, name_of, on_page_clock, remarks
from preprocessing.traces import RATE_HZ, Trace


def record(traces: Sequence[Trace], sha256: str) -> dict[str, bytes]:
    """Write the signals as the files of one record.

    Parameters
    ----------
    traces : sequence of Trace
    sha256 : str
        Hash of the source file; it names the record.

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
    """Pack files into a zip archive without dates: the same files give the same bytes."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def _checksum(column: np.ndarray) -> int:
    """Return the sum of a signal's samples as a signed 16-bit number."""
    return (int(column.sum(dtype=np.int64)) + 32768) % 65536 - 32768
