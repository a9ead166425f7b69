"""The table of a batch as shown, and its filters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import pandas as pd

from ecgviz.batch.rows import COLUMNS, Row
from ecgviz.batch.run import Done
from ecgviz.batch.words import STATES, code_in_words
from ecgviz.drawing import data_url
from ecgviz.study import name_of

ALL = "All"
PREDICTIONS = (ALL, "Predicted", "No prediction")
WARNINGS = (ALL, "With warnings", "Without warnings")
CONFIDENCES = tuple(name for name in COLUMNS if name.endswith("_confidence"))
MODELS = tuple(name.removesuffix("_confidence") for name in CONFIDENCES)
DUPLICATES = (ALL, "Hide duplicates", "Only duplicates")
MOST_PERCENT = 99.4


@dataclass(frozen=True)
class Filters:
    """The rows to show; an empty choice keeps all.

    Attributes
    ----------
    name : str
        Part of the file's name, ignoring case.
    status, labels, layouts : tuple of str
        Values to keep. A label is the class that the combined model predicts.
    prediction, warnings, duplicates : str
        One of `PREDICTIONS`, `WARNINGS` and `DUPLICATES`.
    """

    name: str = ""
    status: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    prediction: str = ALL
    warnings: str = ALL
    duplicates: str = ALL

    def keep(self, row: Row) -> bool:
        """Return whether a row passes.

        A refused file, or one read without networks, counts neither as predicted nor as without prediction.
        """
        return (
            self.name.casefold() in row.file.casefold()
            and (not self.status or row.status in self.status)
            and (not self.labels or (row.ensemble_label in self.labels and not row.ensemble_abstains))
            and (not self.layouts or row.layout in self.layouts)
            and (self.prediction == ALL or row.ensemble_abstains is (self.prediction == PREDICTIONS[2]))
            and (self.warnings == ALL or bool(row.warnings) is (self.warnings == WARNINGS[1]))
            and (self.duplicates == ALL or (row.duplicate_of is not None) is (self.duplicates == DUPLICATES[2]))
        )


def nameless(done: Done) -> Done:
    """Return the result under the name of its exports instead of the file's, or its number where it has no hash.

    The thumbnail stays: it is too small to read.
    """
    row = done.row
    name = name_of(row.sha256) if row.sha256 else f"file {row.number}"
    line = json.dumps({**json.loads(done.line), "file": name}, ensure_ascii=False)
    return replace(done, row=replace(row, file=name, duplicate_of=row.duplicate_of and name), line=line)


def layouts(done: Sequence[Done]) -> list[str]:
    """List the layouts found, by name."""
    return sorted({one.row.layout for one in done if one.row.layout})


def frame(done: Sequence[Done]) -> pd.DataFrame:
    """Return the rows as a table for people: confidences in percent, codes in words, and `picture`, the thumbnail."""
    table = pd.DataFrame([asdict(one.row) for one in done], columns=list(COLUMNS))
    table.insert(1, "picture", [data_url(one.thumbnail) if one.thumbnail else None for one in done])
    for name in CONFIDENCES:
        # Shown in whole percent, never as 100%.
        table[name] = (pd.to_numeric(table[name]) * 100).clip(upper=MOST_PERCENT)
    for model in MODELS:
        # A class and a confidence only where they are a prediction.
        table.loc[table[f"{model}_abstains"].eq(True), [f"{model}_label", f"{model}_confidence"]] = None
    table["ensemble_state"] = [one.row.ensemble_state and STATES[one.row.ensemble_state] for one in done]
    table["refusal"] = [one.row.refusal and code_in_words(one.row.refusal) for one in done]
    table["warnings"] = [", ".join(map(code_in_words, one.row.warnings)) for one in done]
    return table
