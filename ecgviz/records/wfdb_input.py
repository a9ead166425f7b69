"""Signals from a WFDB record in a zip archive: a header and the files that it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np

from ecgviz.records.config import RECORDS
from ecgviz.records.lead_names import lead_of
from ecgviz.records.recognition import HEADER
from ecgviz.records.record import LeadBuffer, Record, checked_rate, damaged_record
from ecgviz.records.wfdb_header import FORMAT, WfdbHeader, WfdbSignal, parsed_header
from ecgviz.records.wfdb_samples import MISSING, samples_of
from preprocessing.errors import EcgImageError, Notice

_ZIP = b"PK\x03\x04"


def is_wfdb(data: bytes) -> bool:
    """Return whether bytes are a zip archive that holds the header of a record."""
    return data.startswith(_ZIP) and any(name.endswith(HEADER) for name in _members(data))


def record_of_wfdb(data: bytes) -> Record:
    """Read the first record of an archive by name."""
    names = _members(data)
    headers = sorted(name for name in names if name.endswith(HEADER))
    folder = PurePosixPath(headers[0]).parent
    header = parsed_header(_unpacked(data, headers[0]))
    files = {signal.file for signal in header.signals}
    contents = {}
    for file in files:
        path = str(folder / file)
        if PurePosixPath(file).name != file or path not in names:
            raise EcgImageError(
                "damaged_file",
                "The archive lacks a file of samples that the WFDB header names. Put the header and all of its files "
                "into one zip archive.",
            )
        contents[file] = _unpacked(data, path)
    more = Notice("first_record", f"The archive holds {len(headers)} records; only the first is read.")
    return _record(header, contents, (more,) if len(headers) > 1 else ())


def packed_record(header: str, read: Callable[[str], bytes]) -> bytes:
    """Pack a record that lies in a folder into an archive without dates: the same files give the same bytes.

    Parameters
    ----------
    header : str
        Name of its header.
    read : callable
        Returns the content of a file beside it.

    Raises
    ------
    EcgImageError
        As `parsed_header` and `read` do.
    """
    content = read(header)
    signals = parsed_header(content).signals
    files = sorted({signal.file for signal in signals if PurePosixPath(signal.file).name == signal.file})
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, stored in [(header, content), *((file, read(file)) for file in files)]:
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, stored)
    return buffer.getvalue()


def _record(header: WfdbHeader, contents: dict[str, bytes], notices: tuple[Notice, ...]) -> Record:
    checked_rate(header.rate_hz, FORMAT)
    buffer = LeadBuffer(FORMAT)
    of_file: dict[str, list[WfdbSignal]] = defaultdict(list)
    for signal in header.signals:
        of_file[signal.file].append(signal)
    for file, signals in of_file.items():
        if len({(signal.kind, signal.offset) for signal in signals}) > 1:
            raise damaged_record(FORMAT)
        count, kind = len(signals), signals[0].kind
        late = max(signal.skew for signal in signals)
        needed = buffer.samples_at(header.rate_hz) + min(late, buffer.samples_at(header.rate_hz))
        stored = contents[file][signals[0].offset :]
        raw = samples_of(stored, kind, needed * count)
        together = raw[: raw.size // count * count].reshape(-1, count)
        # Declared, and what the file can hold: an incomplete file counts as damaged.
        if header.samples and together.shape[0] < min(header.samples, needed):
            raise damaged_record(FORMAT)
        for number, signal in enumerate(signals):
            lead = lead_of(signal.label)
            if lead is not None and signal.units_per_mv is not None:
                values = together[signal.skew :, number]
                mv = (values - signal.baseline) / signal.units_per_mv
                mv = np.where(values == MISSING[kind], np.nan, mv)
                buffer.add(lead, mv, header.rate_hz, whole_s=header.samples / header.rate_hz)
    return buffer.record(*notices)


def _members(data: bytes) -> dict[str, ZipInfo]:
    """List the files of an archive by name; none where it is damaged."""
    # The central directory names every member: an archive of a few bytes each could name millions.
    if data.count(b"PK\x01\x02") > RECORDS.most_members:
        return {}
    try:
        with ZipFile(BytesIO(data)) as archive:
            return {member.filename: member for member in archive.infolist() if not member.is_dir()}
    except Exception:  # Python raises many kinds over damaged archives; the reader of images names what it is.
        return {}


def _unpacked(data: bytes, name: str) -> bytes:
    try:
        with ZipFile(BytesIO(data)) as archive:
            if archive.getinfo(name).file_size > RECORDS.most_unpacked_bytes:
                raise EcgImageError(
                    "too_large",
                    f"A file of the WFDB record is larger than {RECORDS.most_unpacked_bytes // 2**20} MB. Open a "
                    "shorter record.",
                )
            return archive.read(name)
    except EcgImageError:
        raise
    except Exception as error:
        raise damaged_record(FORMAT) from error
