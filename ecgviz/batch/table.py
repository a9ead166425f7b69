"""The table of a batch as a person sees it, and the filters over it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import pandas as pd

from ecgviz.batch.rows import COLUMNS, Row
from ecgviz.batch.run import Done
from ecgviz.drawing import data_url
from ecgviz.study import name_of

ALL = "All"
ANSWERS = (ALL, "Answered", "No answer")
WARNINGS = (ALL, "With warnings", "Without")
CONFIDENCES = tuple(name for name in COLUMNS if name.endswith("_confidence"))
DUPLICATES = (ALL, "Leave out", "Only these")
MOST_PERCENT = 99.4


@dataclass(frozen=True)
class Filters:
    """What a person wants to see; an empty choice leaves nothing out.

    Attributes
    ----------
    name : str
        Part of the file's name, in small or large letters.
    status, labels, layouts : tuple of str
        Of these. A label is what both networks together find likeliest.
    answer, warnings, duplicates : str
        One of `ANSWERS`, `WARNINGS` and `DUPLICATES`.
    """

    name: str = ""
    status: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    answer: str = ALL
    warnings: str = ALL
    duplicates: str = ALL

    def keep(self, row: Row) -> bool:
        """Tell whether a row is wanted.

        A row of a file to which the networks gave no answer, because it was refused or they were not asked, counts
        neither as answered nor as left without one.
        """
        return (
            self.name.casefold() in row.file.casefold()
            and (not self.status or row.status in self.status)
            and (not self.labels or row.ensemble_label in self.labels)
            and (not self.layouts or row.layout in self.layouts)
            and (self.answer == ALL or row.ensemble_abstains is (self.answer == ANSWERS[2]))
            and (self.warnings == ALL or bool(row.warnings) is (self.warnings == WARNINGS[1]))
            and (self.duplicates == ALL or (row.duplicate_of is not None) is (self.duplicates == DUPLICATES[2]))
        )


def nameless(done: Done) -> Done:
    """Return the same without the file's name: what exports are named, or the place in the batch where it has no hash.

    A thumbnail stays as it is: no letter can be read in it.
    """
    row = done.row
    name = name_of(row.sha256) if row.sha256 else f"file {row.number}"
    line = json.dumps({**json.loads(done.line), "file": name}, ensure_ascii=False)
    return replace(done, row=replace(row, file=name, duplicate_of=row.duplicate_of and name), line=line)


def layouts(done: Sequence[Done]) -> list[str]:
    """List the layouts that were found, by name."""
    return sorted({one.row.layout for one in done if one.row.layout})


def frame(done: Sequence[Done]) -> pd.DataFrame:
    """Return the rows as a table with the columns of `Row`, confidences in percent, and `picture`, the thumbnail."""
    table = pd.DataFrame([asdict(one.row) for one in done], columns=list(COLUMNS))
    table.insert(1, "picture", [data_url(one.thumbnail) if one.thumbnail else None for one in done])
    for name in CONFIDENCES:
        # Whole percent are shown, and none as if it were certain.
        table[name] = (pd.to_numeric(table[name]) * 100).clip(upper=MOST_PERCENT)
    table["warnings"] = [", ".join(one.row.warnings) for one in done]
    return table
