"""One row of a batch: the plain values of a reading that the table shows, filters and counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ecgviz.predictions import finding_tables
from models.networks import ENSEMBLE, MODEL_KEYS


@dataclass(frozen=True)
class ModelVerdict:
    """One model's verdict on a file.

    Attributes
    ----------
    label : str
        The most probable class; the predicted one unless the model abstains.
    confidence : float
        Its probability, in [0, 1].
    state : str
        ``predicted``, ``unsure`` or ``not_applicable``.
    abstains : bool
    probabilities : tuple of float
        Of each class, in the order of `models.classes.CLASSES`.
    version : str
        First digits of the hash of its weights.
    """

    label: str
    confidence: float
    state: str
    abstains: bool
    probabilities: tuple[float, ...]
    version: str


@dataclass(frozen=True)
class Row:
    """The result of one file of a batch; None where nothing was read or found.

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
    warnings : tuple of str
        Codes.
    seconds : float
        From opening the file to its row.
    report : str or None
        Name of its report's file.
    label : str or None
        The true class, where someone gave one.
    trust, trust_reasons : str or None, tuple of str
        State of the reading's trust, and its reasons.
    verdicts : mapping of str to ModelVerdict
        By model; those that predicted.
    findings : tuple of str, or None
        Titles of the findings that are present; None where findings do not apply or were not run.

    The others are values of the reading, with their units in their names.
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
    label: str | None = None
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
    verdicts: Mapping[str, ModelVerdict] = field(default_factory=dict)
    findings: tuple[str, ...] | None = None

    @property
    def combined(self) -> ModelVerdict | None:
        """The ensemble's verdict."""
        return self.verdicts.get(ENSEMBLE)

    def agree(self, between: Sequence[str] = ()) -> bool | None:
        """Return whether models find the same class most probable; None with fewer than two.

        Parameters
        ----------
        between : sequence of str
            The models; by default every one but the ensemble.
        """
        own = [self.verdicts[key].label for key in between or self.verdicts if key in self.verdicts
               and (between or key != ENSEMBLE)]  # fmt: skip
        return len(set(own)) == 1 if len(own) > 1 else None


_PAGE = ("speed_mm_s", "gain_mm_mv", "scale_from")
_MEASURED = ("heart_rate_bpm", "rhythm", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "axis_deg")


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


def counted(rows: Iterable[Row]) -> dict[str, int]:
    """Count the results; a duplicate also counts with the result of its bytes."""
    counts = dict.fromkeys(("files", "read", "refused", "duplicates"), 0)
    for row in rows:
        counts["files"] += 1
        counts[row.status] += 1
        counts["duplicates"] += row.duplicate_of is not None
    return counts


def models_in(rows: Sequence[Row]) -> list[str]:
    """List the models that predicted any of the rows, in the order in which they are shown."""
    present = {key for row in rows for key in row.verdicts}
    return [key for key in MODEL_KEYS if key in present]


def _read_values(reading: dict[str, Any]) -> dict[str, Any]:
    verdicts = {
        key: ModelVerdict(
            one["label"], one["confidence"], one["state"], one["abstains"], tuple(one["probabilities"]), one["version"]
        )
        for key in MODEL_KEYS
        if (one := reading["models"].get(key)) is not None
    }
    return {
        "layout": reading["layout"]["name"],
        "order": reading["layout"]["order"],
        **{name: reading["page"][name] for name in _PAGE},
        **{name: reading["measurements"][name] for name in _MEASURED},
        "trust": reading["trust"]["state"],
        "trust_reasons": tuple(reading["trust"]["reasons"]),
        "verdicts": verdicts,
        "findings": None if (found := reading["findings"]) is None else tuple(finding_tables.present_titles(found)),
    }
