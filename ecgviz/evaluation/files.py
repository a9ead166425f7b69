"""The files that every figure of the page Evaluation comes from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from models.evaluation import OutOfFold, out_of_fold

FOLDER = out_of_fold.FILE.parent


@dataclass(frozen=True)
class EvaluationFiles:
    """What ships of the networks' evaluation.

    Attributes
    ----------
    kept : OutOfFold
        What each network said of reports that it had not seen.
    figures, histories, quality, public : dict
        As `models.evaluate`, `models.publish` and `models.prepare` wrote them; the last is what the public collection
        holds, with its source.
    """

    kept: OutOfFold
    figures: dict[str, Any]
    histories: dict[str, list[dict[str, list[float]]]]
    quality: dict[str, Any]
    public: dict[str, Any]

    @classmethod
    def read(cls) -> EvaluationFiles:
        """Read them all."""
        named = {
            "figures": "figures.json",
            "histories": "histories.json",
            "quality": "data_quality.json",
            "public": "public_collection.json",
        }
        told = {name: json.loads((FOLDER / file).read_text(encoding="utf-8")) for name, file in named.items()}
        return cls(out_of_fold.load(), **told)

    @property
    def bars(self) -> dict[str, float]:
        """The bars of confidence that ship, by model."""
        return self.figures["settings"]["abstain_below"]
