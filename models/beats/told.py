"""The results of the networks of beats, as `models.beats.publish` wrote them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FIGURES = Path(__file__).resolve().parent / "figures.json"
# How a run is scored, by the task that it was taught for; the order in which they are told.
SCORINGS = {
    "as published": "six_published",
    "without copies": "six_published",
    "by patient": "six_patients",
    "random split": "five_random",
    "other patients": "five_patients",
}


@cache
def told(file: Path = FIGURES) -> dict[str, Any]:
    """Return ``sizes`` by network, ``six_classes`` by class, and ``runs``, each with its ``scorings``."""
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found
