"""Compute every figure of the networks from their held-out predictions: ``python -m models.evaluate``.

Reads ``models/evaluation/out_of_fold.npz``; writes ``figures.json`` and ``lead_votes.json`` beside it and
``models/MODEL_CARD.md``. Needs neither reports nor TensorFlow.
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
    VOTES_FILE,
    OutOfFold,
    baselines_of,
    calibrated,
    card_page,
    fit_combination,
    fit_votes,
    leaking,
    load,
    member_logits,
    network_probabilities,
    present,
    reports_of,
)
from models.networks import ENSEMBLE, LEAD_NAMES, OWN_NETWORKS, TRACE_NETWORKS, limit_of
from models.scoring import (
    AGGREGATIONS,
    abstention_threshold,
    bootstrap,
    metrics,
    probabilities,
    temperature_of,
)

FIGURES = FILE.with_name("figures.json")
# Counted by a benchmark that draws pages, as this package does not.
# Counted elsewhere: other pages, drawn rhythms, and normal pages whose verdict a finding makes unsure.
COUNTED = {name: FILE.with_name(f"{name}.json") for name in ("out_of_distribution", "drawn_rhythms", "contradicted")}
PAGE = Path(__file__).resolve().with_name("MODEL_CARD.md")
_SCORES = {
    "accuracy": metrics.accuracy,
    "macro_f1": metrics.macro_f1,
    "balanced_accuracy": metrics.balanced_accuracy,
    "brier": metrics.brier,
    "ece": metrics.expected_calibration_error,
}


@dataclass(frozen=True)
class Settings:
    """What is chosen on held-out reports.

    Temperature and abstention threshold by model; distance limit by network; the weights of the members of the
    ensemble and its offsets by class; and temperature and threshold of the ensemble over traces alone, for a recording
    that is no image.
    """

    temperature: dict[str, float]
    abstain_below: dict[str, float]
    distance_limit: dict[str, float]
    weights: dict[str, float]
    offsets: dict[str, float]
    traces_only: dict[str, float]


def settings_of(outputs: OutOfFold) -> Settings:
    """Choose temperatures, combination, thresholds and limits on the headline's reports."""
    at, labels, folds = outputs.headline, outputs.label[outputs.headline], outputs.fold[outputs.headline]
    logits = member_logits(outputs)[:, at]
    temperature = {name: temperature_of(own, labels) for name, own in present(logits).items()}
    own_found = {name: probabilities(own, temperature[name]) for name, own in present(logits).items()}
    joint = fit_combination(own_found, labels)
    by_traces = {name: own_found[name] for name in TRACE_NETWORKS}
    # Without pictures no offset was found to help.
    alone = fit_combination(by_traces, labels, offset=False)
    found = calibrated(logits, labels, folds)
    traces_only = {
        "temperature": alone.temperature,
        "abstain_below": abstention_threshold(labels, alone(by_traces)),
    }
    return Settings(
        temperature | {ENSEMBLE: joint.temperature},
        {name: abstention_threshold(labels, own) for name, own in found.items()},
        {name: limit_of(outputs.distances[n, at]) for n, name in enumerate(OWN_NETWORKS) if name in found},
        joint.weights,
        dict(zip(CLASSES, joint.offsets, strict=True)),
        traces_only,
    )


def figures_of(outputs: OutOfFold) -> dict[str, Any]:
    """Compute every figure that the app and the model card show."""
    at = outputs.headline
    labels, groups = outputs.label[at], outputs.group[at]
    own = network_probabilities(outputs)
    settings = settings_of(outputs)
    every = {**own, **baselines_of(outputs)}
    return {
        "split": "five folds by report, stratified by class and layout; each network is scored on held-out reports",
        "headline": {name: report_figures(labels, one, groups) for name, one in every.items()},
        "settings": asdict(settings),
        "abstention": {name: _abstention(labels, one, settings.abstain_below[name]) for name, one in own.items()},
        "per_lead": _per_lead(outputs, settings),
        "aggregation": _aggregations(outputs),
        "other_reports": _other_reports(outputs),
        "distance": _distances(outputs, settings),
        "leaking": _leaking(outputs),
    }


def report_figures(labels: np.ndarray, found: np.ndarray, groups: np.ndarray) -> dict[str, Any]:
    """Return the figures of one model's probabilities (n, 4); reports without a prediction (NaN) do not count."""
    known = np.isfinite(found).all(axis=1)
    labels, found, groups = labels[known], found[known], groups[known]
    if not len(labels):
        return {"n": 0}
    return {
        "n": len(labels),
        **{name: _with_interval(score, labels, found, groups) for name, score in _SCORES.items()},
        "by_class": {name: asdict(one) for name, one in zip(CLASSES, metrics.by_class(labels, found), strict=True)},
        "confusion": metrics.confusion(labels, found.argmax(axis=1), len(CLASSES)).tolist(),
        "reliability": metrics.reliability(labels, found).tolist(),
    }


def _with_interval(score: metrics.Score, labels: np.ndarray, found: np.ndarray, groups: np.ndarray) -> dict[str, float]:
    low, high = bootstrap.interval(lambda at: score(labels[at], found[at]), groups)
    return {"value": score(labels, found), "low": low, "high": high}


def _abstention(labels: np.ndarray, found: np.ndarray, threshold: float) -> dict[str, Any]:
    """Return what an abstention threshold does. It was set on these reports, so its risk is slightly optimistic."""
    covered = found.max(axis=1) >= threshold
    table = metrics.risk_coverage(labels, found)
    return {
        "threshold": threshold,
        "coverage": float(covered.mean()),
        "selective_accuracy": metrics.accuracy(labels[covered], found[covered]) if covered.any() else None,
        "curve": table[:: max(1, len(table) // 60), :2].round(4).tolist(),
    }


def _per_lead(outputs: OutOfFold, settings: Settings) -> dict[str, Any]:
    """Return accuracy and macro-F1 of each lead alone."""
    at = outputs.headline
    result: dict[str, Any] = {}
    for n, name in enumerate(OWN_NETWORKS):
        found = probabilities(outputs.lead_logits[n, at], settings.temperature[name])
        result[name] = {
            lead: {key: _SCORES[key](outputs.label[at], own) for key in ("accuracy", "macro_f1")}
            for lead, own in zip(LEAD_NAMES, found.transpose(1, 0, 2), strict=True)
        }
    return result


def _aggregations(outputs: OutOfFold) -> dict[str, Any]:
    """Compare the aggregations of the leads' logits with the head over all leads."""
    labels = outputs.label[outputs.headline]
    found = {one: network_probabilities(outputs, HEADLINE, one) for one in AGGREGATIONS}
    return {
        name: {one: {key: score(labels, own[name]) for key, score in _SCORES.items()} for one, own in found.items()}
        for name in OWN_NETWORKS
    }


def _other_reports(outputs: OutOfFold) -> dict[str, Any]:
    """Score the reports outside the headline, under its temperatures: other layouts, and the rest of version 1."""
    result: dict[str, Any] = {}
    for part in PARTS[1:]:
        at = reports_of(outputs, part)
        found = network_probabilities(outputs, part)
        result[part] = {name: report_figures(outputs.label[at], one, outputs.group[at]) for name, one in found.items()}
    return result


def _distances(outputs: OutOfFold, settings: Settings) -> dict[str, Any]:
    """Return the share of reports of each kind beyond each network's distance limit."""
    kinds = {"headline": outputs.headline, "rest of version 1": outputs.rest}
    kinds |= {layout: outputs.layout == layout for layout in ("6x2", "6x2+1")}
    known = np.isfinite(outputs.distances).all(axis=0)
    return {
        name: {
            kind: {
                "n": int((at & known).sum()),
                "beyond_limit": float((outputs.distances[n, at & known] > settings.distance_limit[name]).mean()),
            }
            for kind, at in kinds.items()
            if (at & known).any()
        }
        for n, name in enumerate(OWN_NETWORKS)
    }


def _leaking(outputs: OutOfFold) -> dict[str, Any]:
    """Score the article's CNN on the random split of files, by whether a copy was in the training set."""
    test = leaking(outputs)
    found = {part: report_figures(test.labels, own, test.groups) for part, own in test.probabilities.items()}
    return {part: one for part, one in found.items() if one["n"]}


def main() -> None:
    """Compute the figures and write them, the lead votes and the model card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out-of-fold", type=Path, default=FILE, help="the held-out predictions")
    given = parser.parse_args()
    outputs = load(given.out_of_fold)
    figures = figures_of(outputs)
    for key, file in COUNTED.items():
        figures[key] = json.loads(file.read_text(encoding="utf-8"))
    _write(FIGURES, figures)
    _write(VOTES_FILE, fit_votes(outputs))
    PAGE.write_text(card_page(figures), encoding="utf-8")
    for name, one in figures["headline"].items():
        if one["n"]:
            shown = (
                f"{key} {one[key]['value']:.3f} ({one[key]['low']:.3f} to {one[key]['high']:.3f})" for key in _SCORES
            )
            print(f"{name}: n {one['n']}, {', '.join(shown)}")


def _write(file: Path, values: dict[str, Any]) -> None:
    file.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
