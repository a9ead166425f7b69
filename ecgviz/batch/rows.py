"""One row of a batch's table: the plain values of a reading, named like its columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from models.networks import ENSEMBLE, MODEL_KEYS

# Spreadsheets take a cell that starts like this for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Row:
    """The result of one file of a batch; None where nothing was read, predicted or found.

    Attributes
    ----------
    number : int
        Place in the batch, from 1.
    file : str
        Name as given.
    refusal, message : str or None
        Code and sentence of a refusal.
    duplicate_of : str or None
        Name of the first file with the same bytes, which are read once.
    trust, trust_reasons : str or None, tuple of str
        State of the reading's trust, and its reasons.
    ensemble_state : str or None
        ``predicted``, ``unsure`` or ``not_applicable``; label and confidence are no prediction unless it is the first.
    networks_agree : bool or None
        Whether both networks have the same most probable class.
    warnings : tuple of str
        Codes.
    seconds : float
        From opening the file to its row.
    report : str or None
        Name of its report's file.

    The others are values of the reading: units are in their names, confidences in [0, 1].
    """

    number: int
    file: str
    status: str
    refusal: str | None
    message: str | None
    sha256: str | None
    duplicate_of: str | None
    warnings: tuple[str, ...]
    seconds: float
    report: str | None
    layout: str | None = None
    order: str | None = None
    speed_mm_s: float | None = None
    gain_mm_mv: float | None = None
    scale_from: str | None = None
    heart_rate_bpm: int | None = None
    rhythm: str | None = None
    pr_ms: int | None = None
    qrs_ms: int | None = None
    qt_ms: int | None = None
    qtc_ms: int | None = None
    axis_deg: int | None = None
    trust: str | None = None
    trust_reasons: tuple[str, ...] = ()
    ensemble_state: str | None = None
    ensemble_label: str | None = None
    ensemble_confidence: float | None = None
    ensemble_abstains: bool | None = None
    cnn_label: str | None = None
    cnn_confidence: float | None = None
    cnn_abstains: bool | None = None
    cnn_lstm_label: str | None = None
    cnn_lstm_confidence: float | None = None
    cnn_lstm_abstains: bool | None = None
    networks_agree: bool | None = None


COLUMNS = tuple(field.name for field in fields(Row))
_PAGE = ("speed_mm_s", "gain_mm_mv", "scale_from")
_MEASURED = ("heart_rate_bpm", "rhythm", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "axis_deg")
_VERDICT = ("label", "confidence", "abstains")


def row_of(reading: dict[str, Any], report: str | None = None) -> Row:
    """Return the row of a reading from `reading_from` or `refusal`; the batch fills in its number and time."""
    reason = reading.get("refusal") or {}
    return Row(
        number=0,
        file=reading["file"],
        status=reading["status"],
        refusal=reason.get("code"),
        message=reason.get("message"),
        sha256=reading["sha256"],
        duplicate_of=None,
        warnings=tuple(notice["code"] for notice in reading["warnings"]),
        seconds=0.0,
        report=report,
        **(_read_values(reading) if reading["status"] == "read" else {}),
    )


def counted(rows: Sequence[Row]) -> dict[str, int]:
    """Count the results; a duplicate also counts with the result of its bytes."""
    return {
        "files": len(rows),
        "read": sum(row.status == "read" for row in rows),
        "refused": sum(row.status == "refused" for row in rows),
        "duplicates": sum(row.duplicate_of is not None for row in rows),
    }


def as_csv(rows: Iterable[Row], header: bool = True) -> str:
    """Write rows as CSV; an apostrophe precedes text that a spreadsheet would take for a formula.

    Examples
    --------
    >>> row = row_of({"file": "=a.png", "status": "refused", "sha256": None, "warnings": []})
    >>> as_csv([row], header=False)[:17]
    "0,'=a.png,refused"
    """
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    if header:
        table.writerow(COLUMNS)
    table.writerows([_cell(value) for value in asdict(row).values()] for row in rows)
    return stream.getvalue()


def _read_values(reading: dict[str, Any]) -> dict[str, Any]:
    verdicts = {key: verdict for key in MODEL_KEYS if (verdict := reading["models"][key]) is not None}
    own = {verdict["label"] for key, verdict in verdicts.items() if key != ENSEMBLE}
    return {
        "layout": reading["layout"]["name"],
        "order": reading["layout"]["order"],
        **{name: reading["page"][name] for name in _PAGE},
        **{name: reading["measurements"][name] for name in _MEASURED},
        "trust": reading["trust"]["state"],
        "trust_reasons": tuple(reading["trust"]["reasons"]),
        "ensemble_state": verdicts[ENSEMBLE]["state"] if ENSEMBLE in verdicts else None,
        **{f"{key}_{name}": verdict[name] for key, verdict in verdicts.items() for name in _VERDICT},
        "networks_agree": len(own) == 1 if own else None,
    }


def _cell(value: Any) -> Any:
    if isinstance(value, tuple):
        return " ".join(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
