"""Every figure of the networks, from what they said out of fold: ``python -m models.evaluate``.

Writes ``models/evaluation/figures.json`` and ``models/MODEL_CARD.md``; needs neither reports nor TensorFlow.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.classes import CLASSES
from models.evaluation import (
    FILE,
    HEADLINE,
    PARTS,
    OutOfFold,
    baselines_of,
    calibrated,
    card_page,
    leaking,
    load,
    network_probabilities,
    reports_of,
)
from models.networks import ENSEMBLE, LEAD_NAMES, NETWORKS, limit_of
from models.scoring import (
    AGGREGATIONS,
    abstention_threshold,
    bootstrap,
    combined,
    metrics,
    probabilities,
    temperature_of,
)

HERE = Path(__file__).resolve().parent
STRANGE = HERE / "evaluation" / "out_of_distribution.json"
FIGURES, PAGE = HERE / "evaluation" / "figures.json", HERE / "MODEL_CARD.md"
_SCORES = {
    "accuracy": metrics.accuracy,
    "macro_f1": metrics.macro_f1,
    "balanced_accuracy": metrics.balanced_accuracy,
    "brier": metrics.brier,
    "ece": metrics.expected_calibration_error,
}


@dataclass(frozen=True)
class Settings:
    """What was chosen out of fold: a temperature and a bar for each model, a limit for each network's distance."""

    temperature: dict[str, float]
    abstain_below: dict[str, float]
    distance_limit: dict[str, float]


def settings_of(kept: OutOfFold) -> Settings:
    """Choose temperatures, bars and limits on the headline's reports."""
    at, labels, folds = kept.headline, kept.label[kept.headline], kept.fold[kept.headline]
    temperature = {name: temperature_of(kept.report_logits[n, at], labels) for n, name in enumerate(NETWORKS)}
    joint = combined(*(probabilities(kept.report_logits[n, at], temperature[name]) for n, name in enumerate(NETWORKS)))
    temperature[ENSEMBLE] = temperature_of(joint, labels)
    said = calibrated(kept.report_logits[:, at], labels, folds)
    bars = {name: abstention_threshold(labels, own) for name, own in said.items()}
    limits = {name: limit_of(kept.distances[n, at]) for n, name in enumerate(NETWORKS)}
    return Settings(temperature, bars, limits)


def figures_of(kept: OutOfFold) -> dict[str, Any]:
    """Compute everything that the app and the card tell."""
    at = kept.headline
    labels, groups = kept.label[at], kept.group[at]
    said = network_probabilities(kept)
    settings = settings_of(kept)
    every = {**said, **baselines_of(kept)}
    return {
        "split": "five folds by report, stratified by class and layout; networks score reports they never saw",
        "headline": {name: report_figures(labels, own, groups) for name, own in every.items()},
        "settings": asdict(settings),
        "abstention": {name: _abstention(labels, own, settings.abstain_below[name]) for name, own in said.items()},
        "per_lead": _per_lead(kept, settings),
        "aggregation": _aggregations(kept),
        "other_reports": _other_reports(kept),
        "distance": _gate(kept, settings),
        "leaking": _leaking(kept),
    }


def report_figures(labels: np.ndarray, said: np.ndarray, groups: np.ndarray) -> dict[str, Any]:
    """Return the figures of one model over reports; those that it was not asked about (NaN) are left out."""
    known = np.isfinite(said).all(axis=1)
    labels, said, groups = labels[known], said[known], groups[known]
    if not len(labels):
        return {"n": 0}
    return {
        "n": len(labels),
        **{name: _with_interval(score, labels, said, groups) for name, score in _SCORES.items()},
        "by_class": {name: asdict(one) for name, one in zip(CLASSES, metrics.by_class(labels, said), strict=True)},
        "confusion": metrics.confusion(labels, said.argmax(axis=1), len(CLASSES)).tolist(),
        "reliability": metrics.reliability(labels, said).tolist(),
    }


def _with_interval(score: metrics.Score, labels: np.ndarray, said: np.ndarray, groups: np.ndarray) -> dict[str, float]:
    low, high = bootstrap.interval(lambda at: score(labels[at], said[at]), groups)
    return {"value": score(labels, said), "low": low, "high": high}


def _abstention(labels: np.ndarray, said: np.ndarray, bar: float) -> dict[str, Any]:
    """Say what the bar does. It was set on these reports, so its risk is a little too good."""
    answered = said.max(axis=1) >= bar
    table = metrics.risk_coverage(labels, said)
    return {
        "threshold": bar,
        "coverage": float(answered.mean()),
        "selective_accuracy": metrics.accuracy(labels[answered], said[answered]) if answered.any() else None,
        "curve": table[:: max(1, len(table) // 60), :2].round(4).tolist(),
    }


def _per_lead(kept: OutOfFold, settings: Settings) -> dict[str, Any]:
    """Return how well each lead alone tells the classes."""
    at = kept.headline
    found: dict[str, Any] = {}
    for n, name in enumerate(NETWORKS):
        said = probabilities(kept.lead_logits[n, at], settings.temperature[name])
        found[name] = {
            lead: {"accuracy": metrics.accuracy(kept.label[at], own), "macro_f1": metrics.macro_f1(kept.label[at], own)}
            for lead, own in zip(LEAD_NAMES, said.transpose(1, 0, 2), strict=True)
        }
    return found


def _aggregations(kept: OutOfFold) -> dict[str, Any]:
    """Compare the ways from the leads' scores to the report's with the head that sees all leads at once."""
    labels = kept.label[kept.headline]
    said = {way: network_probabilities(kept, HEADLINE, way) for way in AGGREGATIONS}
    return {
        name: {way: {key: score(labels, own[name]) for key, score in _SCORES.items()} for way, own in said.items()}
        for name in NETWORKS
    }


def _other_reports(kept: OutOfFold) -> dict[str, Any]:
    """Score the reports that the headline leaves out, under its temperatures: other layouts, and version 1's rest."""
    found: dict[str, Any] = {}
    for part in PARTS[1:]:
        at = reports_of(kept, part)
        said = network_probabilities(kept, part)
        found[part] = {name: report_figures(kept.label[at], one, kept.group[at]) for name, one in said.items()}
    return found


def _gate(kept: OutOfFold, settings: Settings) -> dict[str, Any]:
    """Say how many reports of each kind lie beyond a network's limit."""
    kinds = {"headline": kept.headline, "rest of version 1": kept.rest}
    kinds |= {layout: kept.layout == layout for layout in ("6x2", "6x2+1")}
    return {
        name: {
            kind: {
                "n": int(at.sum()),
                "beyond_limit": float((kept.distances[n, at] > settings.distance_limit[name]).mean()),
            }
            for kind, at in kinds.items()
        }
        for n, name in enumerate(NETWORKS)
    }


def _leaking(kept: OutOfFold) -> dict[str, Any]:
    """Tell the paper's CNN on the random split of files beside the same network on reports that it never saw."""
    told = leaking(kept)
    found = {part: report_figures(told.labels, said, told.groups) for part, said in told.probabilities.items()}
    return {part: one for part, one in found.items() if one["n"]}


def main() -> None:
    """Compute the figures and write the card's page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out-of-fold", type=Path, default=FILE)
    given = parser.parse_args()
    figures = figures_of(load(given.out_of_fold))
    # Counted by a benchmark that draws pages, which this package does not.
    figures["out_of_distribution"] = json.loads(STRANGE.read_text(encoding="utf-8"))
    FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(card_page(figures), encoding="utf-8")
    for name, one in figures["headline"].items():
        if one["n"]:
            told = ", ".join(
                f"{key} {one[key]['value']:.3f} ({one[key]['low']:.3f} to {one[key]['high']:.3f})" for key in _SCORES
            )
            print(f"{name}: n {one['n']}, {told}")


if __name__ == "__main__":
    main()
