"""The published results of the beat networks, as `models.beats.publish` and `models.beats.search` wrote them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from models.beats.registry import BEAT_NET, BEAT_NETWORKS, CONTEXT_NET, TRACE_KIND

FIGURES_FILE = Path(__file__).resolve().parent / "figures.json"
SEARCH_FILE = FIGURES_FILE.with_name("search.json")
GRID_FILE = FIGURES_FILE.with_name("grid.json")
BASELINES_FILE = FIGURES_FILE.with_name("baselines.json")
ENSEMBLE_FILE = FIGURES_FILE.with_name("ensemble.json")
DIFFERENCES_FILE = FIGURES_FILE.with_name("differences.json")
NO_AUGMENTATION = "none"
# The augmentation of each network's published run; other runs are compared beside it. Trials found no augmentation
# better than another beyond chance (`models/LOG.md`), so ours uses the one that draws no impossible beat, the others
# none. No network is augmented on spectra, whose axes carry meaning.
PUBLISHED_AUGMENTATION = dict.fromkeys((*BEAT_NETWORKS, CONTEXT_NET), NO_AUGMENTATION) | {BEAT_NET: "label-preserving"}
# Evaluation protocols with the task that each belongs to, in the order in which they are shown.
PROTOCOLS = {
    "published split": "six_published",
    "deduplicated": "six_published",
    "patient halves": "six_patients",
    "random split": "five_random",
    "inter-patient": "five_patients",
}


def is_published(run: dict[str, Any]) -> bool:
    """Return whether a run is the one that represents its network in the results.

    Examples
    --------
    >>> is_published({"network": "beat_cnn_64", "kind": TRACE_KIND, "augmentation": "none"})
    True
    """
    return bool(run["kind"] == TRACE_KIND and run["augmentation"] == PUBLISHED_AUGMENTATION[run["network"]])


@cache
def published_results(file: Path = FIGURES_FILE) -> dict[str, Any]:
    """Return ``sizes`` by network, ``six_classes`` by class, and ``runs``, each with its metrics ``by_protocol``.

    A run of our network has them also ``by_protocol_without_rhythm``: the same network on the picture alone.
    """
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def published_runs(file: Path = FIGURES_FILE) -> list[dict[str, Any]]:
    """Return the runs of the results as the file has them now; none where there is no file."""
    runs: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))["runs"] if file.is_file() else []
    return runs


@cache
def search_results(file: Path = SEARCH_FILE) -> dict[str, dict[str, Any]]:
    """Return the metrics of each trial of `models.beats.search`, by name."""
    found: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return found


@cache
def grid_results(file: Path = GRID_FILE) -> dict[str, dict[str, Any]]:
    """Return the metrics of each trial of `models.beats.grid`, by name."""
    found: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return found


@cache
def baseline_results(file: Path = BASELINES_FILE) -> list[dict[str, Any]]:
    """Return the runs of `models.beats.baselines`: ``baseline, kind, train_n, seconds`` and ``by_protocol``."""
    found: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return found


@cache
def ensemble_results(file: Path = ENSEMBLE_FILE) -> dict[str, dict[str, Any]]:
    """Return the metrics by protocol of each member of `models.beats.six_ensemble` and of their mean, which is last."""
    found: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return found


@cache
def difference_results(file: Path = DIFFERENCES_FILE) -> dict[str, dict[str, float]]:
    """Return BeatContext's macro-F1 on DS2 less that of each other network, as `models.beats.differences` wrote it."""
    found: dict[str, dict[str, float]] = json.loads(file.read_text("utf-8"))
    return found
