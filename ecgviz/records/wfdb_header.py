"""The header of a WFDB record: rate, signals, and how their samples are stored."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ecgviz.records.config import RECORDS
from ecgviz.records.record import damaged_record
from ecgviz.records.wfdb_samples import MISSING
from preprocessing.errors import EcgImageError

FORMAT = "WFDB"
_RECORD = re.compile(
    r"(?P<name>[\w-]+)(?P<segments>/\d+)?\s+(?P<signals>\d+)(\s+(?P<rate>[\d.eE+-]+)(/\S*)?)?(\s+(?P<samples>\d+))?"
)
_KIND = re.compile(r"(?P<kind>\d+)(x(?P<frame>\d+))?(:(?P<skew>\d+))?(\+(?P<offset>\d+))?$")
_GAIN = re.compile(r"(?P<gain>-?[\d.eE+-]+)(\((?P<baseline>-?\d+)\))?(/(?P<units>\S+))?$")
_DEFAULT_RATE_HZ, _DEFAULT_GAIN = 250.0, 200.0
_UNITS_MV = {"mv": 1.0, "uv": 1e-3, "v": 1e3, "nv": 1e-6}


@dataclass(frozen=True)
class WfdbSignal:
    """One signal.

    Attributes
    ----------
    file, kind : str
        Name of its file, and format of the samples.
    offset, skew : int
        Bytes before the samples, and samples by which the signal is late.
    units_per_mv : float or None
        None where it is not a voltage.
    baseline : int
        Value of 0 mV.
    label : str
    """

    file: str
    kind: str
    offset: int
    skew: int
    units_per_mv: float | None
    baseline: int
    label: str


@dataclass(frozen=True)
class WfdbHeader:
    """A header. `samples` is 0 where it does not tell."""

    rate_hz: float
    samples: int
    signals: tuple[WfdbSignal, ...]


def parsed_header(data: bytes) -> WfdbHeader:
    """Parse a header.

    Raises
    ------
    EcgImageError
        ``damaged_file``, or ``unsupported_format`` for several segments and rare formats of samples.
    """
    try:
        lines = [line.strip() for line in data.decode("utf-8", "replace").splitlines()]
        lines = [line for line in lines if line and not line.startswith("#")]
        first = _RECORD.match(lines[0]) if lines else None
        if first is None:
            raise damaged_record(FORMAT)
        count = int(first["signals"])
        if first["segments"] is not None:
            raise _unsupported("several segments")
        if not 1 <= count <= RECORDS.most_signals or len(lines) < 1 + count:
            raise damaged_record(FORMAT)
        signals = tuple(_signal(line) for line in lines[1 : 1 + count])
        return WfdbHeader(float(first["rate"] or _DEFAULT_RATE_HZ), int(first["samples"] or 0), signals)
    except EcgImageError:
        raise
    except (ValueError, OverflowError) as error:
        raise damaged_record(FORMAT) from error


def _signal(line: str) -> WfdbSignal:
    fields = line.split(maxsplit=8)
    stored = _KIND.match(fields[1]) if len(fields) > 1 else None
    if stored is None:
        raise damaged_record(FORMAT)
    if stored["kind"] not in MISSING:
        raise _unsupported(f"samples in format {stored['kind']}")
    if int(stored["frame"] or 1) != 1:
        raise _unsupported("signals of several rates")
    gain = _GAIN.match(fields[2]) if len(fields) > 2 else None
    units = _UNITS_MV.get((gain["units"] if gain and gain["units"] else "mV").lower())
    per_unit = (float(gain["gain"]) if gain else 0.0) or _DEFAULT_GAIN
    adc_zero = int(fields[4]) if len(fields) > 4 else 0
    baseline = int(gain["baseline"]) if gain and gain["baseline"] else adc_zero
    return WfdbSignal(
        fields[0],
        stored["kind"],
        int(stored["offset"] or 0),
        int(stored["skew"] or 0),
        None if units is None else per_unit / units,
        baseline,
        fields[8] if len(fields) > 8 else "",
    )


def _unsupported(what: str) -> EcgImageError:
    return EcgImageError(
        "unsupported_format", f"This WFDB record has {what}, which is not read. Convert it to format 16."
    )
