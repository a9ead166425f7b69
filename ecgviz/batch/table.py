"""The table of a batch as shown, and its filters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from ecgviz.batch.reading import Done
from ecgviz.batch.rows import Row, models_in
from ecgviz.batch.words import STATES, code_in_words
from ecgviz.drawing import data_url
from ecgviz.study import name_of
from models.networks import ENSEMBLE

ALL = "All"
PREDICTIONS = (ALL, "Predicted", "No prediction")
WARNINGS = (ALL, "With warnings", "Without warnings")
DUPLICATES = (ALL, "Hide duplicates", "Only duplicates")
AGREEMENT = (ALL, "Agree", "Disagree")
AGAINST_LABEL = (ALL, "Correct", "Wrong", "Without label")
MOST_PERCENT = 99.4
NO_FINDINGS = "none"
YES_NO = {True: "yes", False: "no"}
_VALUES = ("number", "file", "status", "duplicate_of", "seconds", "report", "label", "layout", "order", "speed_mm_s",
           "gain_mm_mv", "heart_rate_bpm", "rhythm", "pr_ms", "qrs_ms", "qt_ms", "qtc_ms", "axis_deg", "trust",
           "sha256")  # fmt: skip
_CODES = ("refusal", "scale_from")


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
    agreement : str
        One of `AGREEMENT`: whether models find the same class most probable.
    between : tuple of str
        Those models; none means every network.
    against_label : str
        One of `AGAINST_LABEL`: whether the combined model's most probable class is the label.
    """

    name: str = ""
    status: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    prediction: str = ALL
    warnings: str = ALL
    duplicates: str = ALL
    agreement: str = ALL
    between: tuple[str, ...] = ()
    against_label: str = ALL

    def keep(self, row: Row) -> bool:
        """Return whether a row passes.

        A refused file, or one read without networks, counts neither as predicted nor as without prediction, and
        neither as agreement nor as disagreement.
        """
        combined = row.combined
        abstains = None if combined is None else combined.abstains
        predicted = combined.label if combined is not None and not combined.abstains else None
        return (
            self.name.casefold() in row.file.casefold()
            and (not self.status or row.status in self.status)
            and (not self.labels or predicted in self.labels)
            and (not self.layouts or row.layout in self.layouts)
            and (self.prediction == ALL or abstains is (self.prediction == PREDICTIONS[2]))
            and (self.warnings == ALL or bool(row.warnings) is (self.warnings == WARNINGS[1]))
            and (self.duplicates == ALL or (row.duplicate_of is not None) is (self.duplicates == DUPLICATES[2]))
            and (self.agreement == ALL or row.agree(self.between) is (self.agreement == AGREEMENT[1]))
            and (self.against_label == ALL or against_label(row) == self.against_label)
        )


def against_label(row: Row) -> str | None:
    """Return which of `AGAINST_LABEL` a row is; None for a labelled file without prediction of any kind."""
    if row.label is None:
        return AGAINST_LABEL[3]
    return None if row.combined is None else AGAINST_LABEL[1 if row.combined.label == row.label else 2]


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
    """Return the rows as a table for people: words instead of codes, percent, and `picture`, the thumbnail.

    A model's class and confidence stand there only where they are a prediction.
    """
    models = models_in([one.row for one in done])
    columns = ["number", "picture", *_VALUES[1:], *_CODES, "findings", "warnings", "trust_reasons", "agree",
               f"{ENSEMBLE}_state",
               *(f"{model}_{name}" for model in models for name in ("label", "confidence"))]  # fmt: skip
    return pd.DataFrame([_shown(one, models) for one in done], columns=list(dict.fromkeys(columns)))


def _shown(done: Done, models: Sequence[str]) -> dict[str, Any]:
    row = done.row
    values: dict[str, Any] = {name: getattr(row, name) for name in _VALUES}
    values |= {name: getattr(row, name) and code_in_words(getattr(row, name)) for name in _CODES}
    values["picture"] = data_url(done.thumbnail) if done.thumbnail else None
    values["findings"] = None if row.findings is None else ", ".join(row.findings) or NO_FINDINGS
    values["warnings"] = ", ".join(map(code_in_words, row.warnings))
    values["trust_reasons"] = ", ".join(map(code_in_words, row.trust_reasons))
    values["agree"] = None if (agree := row.agree()) is None else YES_NO[agree]
    values[f"{ENSEMBLE}_state"] = row.combined and STATES[row.combined.state]
    for model in models:
        verdict = row.verdicts.get(model)
        if verdict is not None and not verdict.abstains:
            values[f"{model}_label"] = verdict.label
            # Shown in whole percent, never as 100%.
            values[f"{model}_confidence"] = min(100 * verdict.confidence, MOST_PERCENT)
    return values
