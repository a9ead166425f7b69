"""The files behind every figure of the page Evaluation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from models.evaluation import OutOfFold, out_of_fold

FOLDER = out_of_fold.FILE.parent


@dataclass(frozen=True)
class EvaluationFiles:
    """The evaluation files that ship with the networks.

    Attributes
    ----------
    out_of_fold : OutOfFold
        The outputs of each network for reports held out from its training.
    figures, histories, quality, public : dict
        As written by `models.evaluate`, `models.publish` and `models.prepare`; the last describes the public dataset
        and its source.
    """

    out_of_fold: OutOfFold
    figures: dict[str, Any]
    histories: dict[str, list[dict[str, list[float]]]]
    quality: dict[str, Any]
    public: dict[str, Any]

    @classmethod
    def read(cls) -> EvaluationFiles:
        """Read all files."""
        names = {
            "figures": "figures.json",
            "histories": "histories.json",
            "quality": "data_quality.json",
            "public": "public_collection.json",
        }
        contents = {name: json.loads((FOLDER / file).read_text(encoding="utf-8")) for name, file in names.items()}
        return cls(out_of_fold.load(), **contents)

    @property
    def thresholds(self) -> dict[str, float]:
        """The shipped abstention thresholds by model."""
        thresholds: dict[str, float] = self.figures["settings"]["abstain_below"]
        return thresholds
