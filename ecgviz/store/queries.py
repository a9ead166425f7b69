"""What a store holds, asked for in the ways that the app needs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from ecgviz.store.config import STORE
from ecgviz.store.opening import Store
from ecgviz.store.record import Change, KeptPrediction, Reading, Role
from ecgviz.store.tables import HISTORY, PICTURES, PREDICTIONS, READINGS


class ReportStatus(NamedTuple):
    """How far one report is.

    Attributes
    ----------
    mine : bool
        Whether this reader has read it.
    others : int
        How many others have.
    disagree : bool
        Whether any two readings have different classes.
    decided : bool
        Whether it was adjudicated.
    """

    mine: bool
    others: int
    disagree: bool
    decided: bool


UNREAD = ReportStatus(False, 0, False, False)


@dataclass(frozen=True)
class Counts:
    """How much a store holds."""

    readings: int
    reports: int
    readers: int
    pictures: int


def reading_of(store: Store, sha256: str, reader: str) -> Reading | None:
    """Return one person's reading of a report."""
    return next((one for one in readings_of(store, sha256) if one.role is Role.READER and one.reader == reader), None)


def decision_of(store: Store, sha256: str) -> Reading | None:
    """Return the adjudication of a report."""
    return next((one for one in readings_of(store, sha256) if one.role is Role.ADJUDICATION), None)


def readings_of(store: Store, sha256: str) -> list[Reading]:
    """Return every reading of a report, the oldest first."""
    chosen = sa.select(READINGS).where(READINGS.c.sha256 == sha256).order_by(READINGS.c.created_at, READINGS.c.reader)
    with store.looking() as connection:
        return [as_reading(row) for row in connection.execute(chosen).mappings()]


def every_reading(store: Store) -> Iterator[Reading]:
    """Yield every reading, in the order in which they were begun."""
    chosen = sa.select(READINGS).order_by(READINGS.c.created_at, READINGS.c.id)
    with store.looking() as connection:
        for row in connection.execute(chosen).mappings():
            yield as_reading(row)


def every_label(store: Store) -> list[sa.Row[tuple[str, str, str, str, bool, str]]]:
    """Return sha256, role, reader, label, blind and time of the last change of every reading."""
    one = READINGS.c
    chosen = sa.select(one.sha256, one.role, one.reader, one.label, one.blind, one.changed_at)
    with store.looking() as connection:
        return list(connection.execute(chosen.order_by(one.created_at, one.id)))


def history_of(store: Store, sha256: str | None = None) -> list[Change]:
    """Return the audit trail of a report, or of the whole store, the oldest line first."""
    chosen = sa.select(HISTORY).order_by(HISTORY.c.at, HISTORY.c.reading_id, HISTORY.c.version)
    if sha256 is not None:
        chosen = chosen.where(HISTORY.c.sha256 == sha256)
    with store.looking() as connection:
        return [_as_change(row) for row in connection.execute(chosen).mappings()]


def status_of_reports(store: Store, reader: str) -> dict[str, ReportStatus]:
    """Return how far each report is that anybody has read; all others are `UNREAD`."""
    is_reader = READINGS.c.role == Role.READER.value
    label = sa.case((is_reader, READINGS.c.label))
    chosen = sa.select(
        READINGS.c.sha256,
        sa.func.sum(sa.case((sa.and_(is_reader, READINGS.c.reader == reader), 1), else_=0)),
        sa.func.sum(sa.case((sa.and_(is_reader, READINGS.c.reader != reader), 1), else_=0)),
        sa.func.min(label) != sa.func.max(label),
        sa.func.sum(sa.case((is_reader, 0), else_=1)),
    ).group_by(READINGS.c.sha256)
    with store.looking() as connection:
        # Most reports have one of a few states, and making an object for each takes half of the time.
        states: dict[tuple[Any, ...], ReportStatus] = {}
        found = {}
        for sha256, *state in connection.execute(chosen):
            key = tuple(state)
            if key not in states:
                mine, others, disagree, decided = state
                states[key] = ReportStatus(mine > 0, int(others), bool(disagree), decided > 0)
            found[sha256] = states[key]
        return found


def labels_of(store: Store, reader: str, reports: Sequence[str]) -> dict[str, str]:
    """Return one person's class for each of some reports that they have read."""
    found: dict[str, str] = {}
    with store.looking() as connection:
        for start in range(0, len(reports), STORE.places):
            chosen = sa.select(READINGS.c.sha256, READINGS.c.label).where(
                READINGS.c.sha256.in_(reports[start : start + STORE.places]),
                READINGS.c.role == Role.READER.value,
                READINGS.c.reader == reader,
            )
            found |= dict(map(tuple, connection.execute(chosen)))
    return found


def every_prediction(store: Store) -> dict[str, dict[str, KeptPrediction]]:
    """Return each report's newest prediction of each network."""
    found: dict[str, dict[str, KeptPrediction]] = {}
    with store.looking() as connection:
        for row in connection.execute(sa.select(PREDICTIONS).order_by(PREDICTIONS.c.at)).mappings():
            one = KeptPrediction(
                row["network"], row["version"], row["label"], row["state"], tuple(json.loads(row["probabilities"]))
            )
            found.setdefault(row["sha256"], {})[one.network] = one
    return found


def picture_of(store: Store, sha256: str) -> bytes | None:
    """Return a report's file, where somebody wanted it kept."""
    with store.looking() as connection:
        chosen = sa.select(PICTURES.c.content).where(PICTURES.c.sha256 == sha256).limit(1)
        content = connection.execute(chosen).scalar()
        return None if content is None else bytes(content)


def counts_of(store: Store) -> Counts:
    """Count readings, reports, people and kept pictures."""
    one = READINGS.c
    chosen = sa.select(
        sa.func.count(), sa.func.count(sa.distinct(one.sha256)), sa.func.count(sa.distinct(one.reader)),
        sa.func.coalesce(sa.func.sum(sa.case((one.has_picture, 1), else_=0)), 0),
    ).select_from(READINGS)  # fmt: skip
    with store.looking() as connection:
        return Counts(*map(int, connection.execute(chosen).one()))


def as_reading(row: sa.RowMapping) -> Reading:
    """Return a row of the table as a reading."""
    return Reading(
        sha256=row["sha256"],
        reader=row["reader"],
        label=row["label"],
        findings=tuple(json.loads(row["findings"])),
        comment=row["comment"],
        measurements=json.loads(row["measurements"]),
        boxes=None if row["boxes"] is None else json.loads(row["boxes"]),
        blind=bool(row["blind"]),
        role=Role(row["role"]),
        file=row["file"],
        has_picture=bool(row["has_picture"]),
        id=row["id"],
        version=row["version"],
        created_at=row["created_at"],
        changed_at=row["changed_at"],
    )


def _as_change(row: sa.RowMapping) -> Change:
    before = None if row["before"] is None else json.loads(row["before"])
    return Change(row["sha256"], row["reading_id"], row["version"], row["at"], row["who"], Role(row["role"]), before)
