"""The results of the networks of beats, as `models.beats.publish` wrote them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from models.beats import NETWORKS, OURS, PLAIN_KIND

FIGURES = Path(__file__).resolve().parent / "figures.json"
SEARCHED = FIGURES.with_name("search.json")
# How pictures were varied for the networks that the results tell of; the other ways are compared beside them. By
# `search` no way is better than another beyond chance, so ours is taught in the one that draws no beat that cannot be;
# the others as pictures come, and so are all on spectra, which nothing may shift or stretch.
PLAIN_WAY = "none"
MAIN = dict.fromkeys(NETWORKS, PLAIN_WAY) | {OURS: "keeping meaning"}
# How a run is scored, by the task that it was taught for; the order in which they are told.
SCORINGS = {
    "as published": "six_published",
    "without copies": "six_published",
    "by patient": "six_patients",
    "random split": "five_random",
    "other patients": "five_patients",
}


def is_told(run: dict[str, Any]) -> bool:
    """Say whether a run is the one of its network that the results tell of; others are compared beside it."""
    return bool(run["kind"] == PLAIN_KIND and run["augmentation"] == MAIN[run["network"]])


@cache
def told(file: Path = FIGURES) -> dict[str, Any]:
    """Return ``sizes`` by network, ``six_classes`` by class, and ``runs``, each with its ``scorings``.

    A run of our network has its scorings ``without_rhythm`` too: asked as if nothing were known of the beats around.
    """
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


@cache
def searched(file: Path = SEARCHED) -> dict[str, dict[str, Any]]:
    """Return what each trial of `models.beats.search` gave, by its name."""
    found: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return found
